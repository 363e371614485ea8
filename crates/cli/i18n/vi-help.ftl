# Hướng dẫn bằng tiếng Việt: `help-<lệnh>` và `help-<lệnh>--<tham số>`; `help--<tham số>` khi mọi
# lệnh nói như nhau. Bản gốc tiếng Anh là chú thích trong `src/args`; một phép thử so khớp hai bên.

help = Trao đổi giữa công an các tỉnh giáp ranh.
    .after =
        Mã kết thúc:
        {"  "}0  xong
        {"  "}1  lỗi khác
        {"  "}2  gõ sai lệnh
        {"  "}3  bị từ chối: không hợp lệ, không được phép hoặc trái với việc đã xảy ra
        {"  "}4  không có thứ được nêu
        {"  "}5  nút không chạy, hoặc lúc này chưa làm được
        {"  "}6  kiểm chứng thấy sai lệch
        {"  "}7  không dùng được nhật ký

        Việc thường làm, kèm dòng lệnh chính xác: giapranh tasks

## Tham số chung

help--dir = Thư mục của nút.
help--output = Cách in kết quả.
    .table = cho người đọc
    .json = cho chương trình
help--log = Cách ghi nhật ký của chương trình ra stderr; GIAPRANH_LOG chọn mức (ví dụ "debug").
    .human = mỗi việc một dòng, cho người đọc
    .json = mỗi việc một đối tượng JSON
help--lang = Ngôn ngữ cho người đọc, thay cho GIAPRANH_LANG và ngôn ngữ của máy. JSON không đổi.
    .vi = tiếng Việt
    .en = tiếng Anh
help--progress = Cứ 5 giây báo tiến độ của việc dài, khi stderr không phải cửa sổ dòng lệnh.

## Ai làm

help--unit = Đơn vị đứng tên; bỏ trống là đơn vị của nút.
help--drafted-by = Cán bộ soạn.
help--approved-by = Cán bộ duyệt; phải là người khác.
help--officer = Cán bộ, theo mã bí danh do đơn vị cấp.
help--alert = Số của thông báo.

## giapranh node

help-node = Tạo nút, chạy nút, xem tình trạng nút.
help-node-init = Tạo nút trong --dir và in yêu cầu ghi danh gửi đơn vị giữ danh bạ.
help-node-init--unit = Đơn vị của nút.
help-node-init--anchor = Tệp anchor.toml của đơn vị giữ danh bạ; nếu không có, nút này giữ danh bạ và tự ghi tệp đó.
help-node-init--serves = Đơn vị khác của tỉnh mà nút làm thay; dùng được nhiều lần.
help-node-run = Chạy nút của --dir cho đến khi nhận SIGINT hoặc SIGTERM.
help-node-run--nats = Máy chủ NATS, thay cho máy chủ trong cấu hình của nút; none: không trao đổi gì.
    .long =
        Máy chủ NATS, thay cho máy chủ trong cấu hình của nút; none: không trao đổi gì.

        Nếu không có địa chỉ ở đây và trong node.toml thì nút đứng một mình và tự chạy một nats-server
        riêng, tìm trong PATH hoặc do GIAPRANH_NATS_SERVER nêu. Nút thứ hai không nối vào máy chủ đó
        được: hãy cho cả hai nút địa chỉ của một máy chủ.
help-node-run--http = Địa chỉ nội bộ của máy cho trang và việc đọc, ví dụ 127.0.0.1:8080.
help-node-backup = Sao nhật ký của --dir vào một tệp; nút có thể đang chạy.
help-node-backup--out = Tệp sẽ ghi; chưa được tồn tại.
help-node-status = Xem tình trạng nút đang chạy của --dir.

## giapranh directory

help-directory = Lập danh bạ các đơn vị, địa bàn và nút.
help-directory-found = Ghi các đơn vị, địa bàn, quy tắc và nút đầu tiên vào nhật ký của đơn vị giữ danh bạ.
help-directory-found--data = Thư mục có units.csv, adjacency.csv và authority.csv.
help-directory-found--request = Yêu cầu ghi danh của một nút, do `node init` in ra; dùng được nhiều lần.
help-directory-found--decision = Quyết định làm căn cứ.
help-directory-found--effective-from = Ngày bắt đầu có hiệu lực, ví dụ 2020-10-29.
help-directory-anchor = In điểm neo tin cậy (anchor) để tạo các nút khác.

## giapranh alert

help-alert = Ban hành, bổ sung, thu hồi, đọc và theo dõi thông báo.
help-alert-issue = Ban hành thông báo đến các địa bàn giáp ranh.
help-alert-issue--content = Nội dung, dạng JSON (xem `alert example`); - đọc từ stdin.
help-alert-issue--zone = Địa bàn nhận; dùng được nhiều lần.
help-alert-amend = Ra phiên bản mới của thông báo: toàn bộ nội dung, kèm phần thay đổi.
help-alert-amend--content = Toàn bộ nội dung từ nay, dạng JSON; - đọc từ stdin.
help-alert-amend--reason = Lý do bổ sung, đính chính.
help-alert-amend--zone = Địa bàn từ nay; bỏ trống là như trước. Dùng được nhiều lần.
help-alert-withdraw = Kết thúc thông báo (thu hồi, đình nã).
help-alert-withdraw--reason = Lý do kết thúc.
help-alert-withdraw--decision-number = Số quyết định kết thúc thông báo.
help-alert-withdraw--note = Điều khác người đọc cần biết.
help-alert-list = Liệt kê thông báo, mới nhất trước.
help-alert-list--zone = Chỉ thông báo của địa bàn này.
help-alert-list--status = Chỉ thông báo ở trạng thái này.
help-alert-list--unit = Chỉ thông báo do đơn vị này ban hành.
help-alert-list--words = Chỉ thông báo có đủ các từ này, gõ có dấu hay không dấu; từ cuối có thể là phần đầu của một từ.
help-alert-list--category = Chỉ thông báo loại này.
help-alert-list--after = Nơi trang trước kết thúc: giá trị "next" của trang đó.
help-alert-show = Xem một thông báo với tất cả những gì đã nói về thông báo đó.
help-alert-show--alert = Số của thông báo, ví dụ hcm/2024/000123.
help-alert-watch = Theo dõi tin trực tiếp, mỗi tin một dòng.
help-alert-watch--after = Bắt đầu sau vị trí này của nhật ký; bỏ trống là chỉ tin mới. 0 là tất cả.
help-alert-watch--count = Dừng sau ngần ấy tin.
help-alert-example = In nội dung mẫu của thông báo về một người không có thật, để bắt đầu từ đó.
help-alert-example--category = Loại thông báo.

## giapranh hit

help-hit = Báo tin phát hiện, và trả lời tin phát hiện.
help-hit-report = Báo rằng đã phát hiện điều nêu trong thông báo.
help-hit-report--urgency = Cần trả lời gấp đến mức nào.
help-hit-report--place = Ở đâu.
help-hit-report--seen-at = Lúc nào, ví dụ 2024-05-31T14:00:00+07:00.
help-hit-report--basis = Dựa vào đâu mà nhận ra.
help-hit-report--certainty = Chắc chắn đến mức nào.
help-hit-report--done = Đã làm gì.
help-hit-report--version = Phiên bản thông báo đã căn cứ; bỏ trống là bản mới nhất ở đây.
help-hit-answer = Trả lời tin phát hiện về thông báo của mình: có đúng không?
help-hit-answer--hit = Mã sự kiện của tin, như `alert show` in ra.
help-hit-answer--result = Có đúng người, đúng vật không.
help-hit-answer--note = Điều khác đơn vị kia cần biết.

## giapranh zone, unit

help-zone = Tra cứu địa bàn giáp ranh.
help-zone-list = Liệt kê các địa bàn giáp ranh.
help-zone-show = Xem một địa bàn với các thành viên.
help-zone-show--zone = Mã địa bàn, ví dụ hcm-long-an.
help-unit = Tra cứu đơn vị.
help-unit-list = Liệt kê đơn vị.
help-unit-list--level = Chỉ đơn vị cấp này.
help-unit-list--parent = Chỉ đơn vị trực thuộc đơn vị này.
help-unit-list--zone = Chỉ thành viên của địa bàn này.

## giapranh audit

help-audit = Kiểm chứng nhật ký, hoặc phát lại đến một thời điểm. Không cần nút.
help-audit-verify = Kiểm tra mọi chữ ký, chuỗi và cây của nhật ký, hoặc mọi thứ trong tệp chứng cứ.
help-audit-verify--file = Tệp log.db của nút hoặc bản sao, tệp chứng cứ, hoặc điểm kiểm hay bằng chứng kèm --log-file.
help-audit-verify--anchor = Tệp anchor.toml, hoặc khóa công khai (hex) của đơn vị giữ danh bạ, lấy từ nguồn khác với tệp.
help-audit-verify--checkpoint = Điểm kiểm đã giữ từ trước: nhật ký còn đúng những gì đã ký không? Dùng được nhiều lần.
help-audit-verify--quick = Với nhật ký: chỉ kiểm tra chữ ký mới nhất của mỗi đoạn liền nhau. Chữ ký đó chứng minh tác giả của mọi sự kiện trước nó; nhanh, nhưng không chứng minh rằng từng chữ ký đều đúng.
help-audit-verify--log-file = Nhật ký để đối chiếu điểm kiểm hay bằng chứng.
help-audit-replay = Xem một nút đã biết gì vào một thời điểm.
help-audit-replay--file = Nhật ký: log.db của nút hoặc bản sao.
help-audit-replay--until = Vị trí cuối, hoặc thời điểm đến: 2024-05-31T14:00:00+07:00, hoặc hết một ngày.
help-audit-export = Xuất sự kiện thành tệp chứng cứ, tự kiểm chứng được mà không cần gì khác.
help-audit-export--alert = Mọi sự kiện về thông báo này.
help-audit-export--zone = Mọi sự kiện của địa bàn này.
help-audit-export--range = Mọi sự kiện đã phát ở các vị trí này của nhật ký, kể cả hai đầu: 120..180.
help-audit-export--out = Tệp chứng cứ sẽ tạo, chưa được có sẵn; chỉ chủ tệp đọc được.
help-audit-export--log-file = Xuất từ nhật ký này thay cho nhật ký của nút; khi đó không ký gì.
help-audit-export--checkpoint = Điểm kiểm của một nơi phát, để chứng minh các sự kiện của nơi đó; dùng được nhiều lần.
help-audit-prove = Chứng minh mà không tiết lộ: các sự kiện của một thông báo có trong cây của nút, hoặc cây chỉ dài thêm.
help-audit-prove--alert = Thông báo có các sự kiện do nút này phát, được chứng minh mà không tiết lộ.
help-audit-prove--from = Cây nhỏ hơn: khi đó có bao nhiêu sự kiện, hoặc điểm kiểm của cây.
help-audit-prove--to = Cây lớn hơn; bỏ trống là cây hiện nay.
help-audit-prove--out = Tệp chứng cứ sẽ tạo, chưa được có sẵn.
help-audit-checkpoint = In cây của nút thành điểm kiểm đã ký, để nơi khác giữ.
help-audit-checkpoint--out = Ghi vào tệp này, chưa được có sẵn, thay vì in ra stdout.
help-audit-diff = Xem hai nhật ký, hoặc hai thời điểm của một nhật ký, khác nhau ở đâu.
help-audit-diff--first = Nhật ký, hoặc thư mục của nút.
help-audit-diff--second = Nhật ký kia.
help-audit-diff--at = So sánh nhật ký với chính nó: vào vị trí hoặc thời điểm này …
help-audit-diff--and = … và vào vị trí hoặc thời điểm này.

## giapranh quarantine, held

help--reason = Chỉ những tin nằm đó vì lý do này, ví dụ signature.
help--limit = Nhiều nhất bao nhiêu.
help--log-file = Đọc log.db này, của nút đã dừng hoặc bản sao, thay cho nút của --dir.
help--id = Số của tin, như trong danh sách.
help--raw = In cả nội dung, bằng chữ số hex.
help--all = Mọi tin.
help-quarantine = Xem xét các tin không qua được cửa kiểm tra.
help-quarantine-list = Liệt kê các tin nằm đó, cũ nhất trước.
help-quarantine-list--after = Chỉ những tin có số lớn hơn: nơi trang trước kết thúc.
help-quarantine-show = Xem vì sao một tin nằm đó, và phần đầu đọc được gì.
help-quarantine-export = Ghi nguyên văn nội dung của tin, đúng như khi đến, vào một tệp mới.
help-quarantine-export--out = Tệp sẽ ghi, chưa được có sẵn; chỉ chủ tệp đọc được.
help-quarantine-rejudge = Yêu cầu nút đang chạy xét lại các tin, sau khi đã khắc phục.
help-quarantine-rejudge--id = Tin có số này.
help-quarantine-rejudge--reason = Mọi tin nằm đó vì lý do này.
help-held = Xem xét các sự kiện còn chờ điều khác.
help-held-list = Liệt kê các tin nằm đó, cũ nhất trước.
help-held-list--after = Chỉ những tin có số lớn hơn: nơi trang trước kết thúc.
help-held-show = Xem vì sao một tin nằm đó, và phần đầu đọc được gì.
help-held-export = Ghi nguyên văn nội dung của tin, đúng như khi đến, vào một tệp mới.
help-held-export--out = Tệp sẽ ghi, chưa được có sẵn; chỉ chủ tệp đọc được.
help-held-rejudge = Yêu cầu nút đang chạy xét lại các tin, sau khi đã khắc phục.
help-held-rejudge--id = Tin có số này.
help-held-rejudge--reason = Mọi tin nằm đó vì lý do này.

## Các lệnh khác

help-rebuild = Dựng lại phần hiển thị của nút từ nhật ký, và so sánh.
help-tasks = Xem các việc thường làm, kèm dòng lệnh.

## Chữ của chính bộ đọc dòng lệnh

clap-usage = Cách dùng:
clap-commands = Lệnh
clap-command = LỆNH
clap-arguments = Tham số
clap-options = Tùy chọn
clap-global = Tùy chọn của mọi lệnh
clap-option = TÙY CHỌN
clap-default = mặc định:
clap-values = giá trị:
clap-variable = biến môi trường:
clap-help = Xem hướng dẫn.
clap-version = Xem phiên bản.
clap-help-command = Xem hướng dẫn này hoặc hướng dẫn của lệnh nêu sau đó.

## Tên giá trị

value-address = ĐỊA_CHỈ
value-alert = THÔNG_BÁO
value-category = LOẠI
value-certainty = ĐỘ_CHẮC_CHẮN
value-cursor = CHỖ
value-date = NGÀY
value-dir = THƯ_MỤC
value-event-id = MÃ_SỰ_KIỆN
value-file = TỆP
value-form = DẠNG
value-from-to = TỪ..ĐẾN
value-hex = HEX
value-id = SỐ
value-language = NGÔN_NGỮ
value-level = CẤP
value-limit = SỐ
value-log = NHẬT_KÝ
value-moment = THỜI_ĐIỂM
value-n = SỐ
value-note = ĐIỂM_KIỂM
value-officer = CÁN_BỘ
value-other = NHẬT_KÝ_KIA
value-position = VỊ_TRÍ
value-reason = LÝ_DO
value-result = KẾT_QUẢ
value-size = SỐ
value-status = TRẠNG_THÁI
value-text = NỘI_DUNG
value-unit = ĐƠN_VỊ
value-urgency = ĐỘ_KHẨN
value-url = URL
value-words = TỪ
value-zone = ĐỊA_BÀN

## Dòng lệnh đã gõ

typed-error = lỗi:
typed-usage = Cách dùng:
typed-more = Gõ thêm '--help' để xem hướng dẫn.
typed-similar = gợi ý: { $like }
typed-invalid-value = giá trị '{ $value }' không hợp lệ cho '{ $argument }'
typed-bad-value = giá trị '{ $value }' không hợp lệ cho '{ $argument }': { $why }
typed-known-values = [giá trị cho phép: { $known }]
typed-no-value = '{ $argument }' cần một giá trị nhưng chưa có
typed-unknown-argument = không có tham số '{ $argument }'
typed-unknown-command = không có lệnh '{ $command }'
typed-missing = còn thiếu tham số bắt buộc: { $argument }
typed-missing-command = sau '{ $command }' cần một trong các lệnh: { $known }
typed-twice = tham số '{ $argument }' chỉ được dùng một lần
typed-conflict = không dùng tham số '{ $argument }' cùng với '{ $prior }'
typed-too-many-values = thừa giá trị '{ $value }' cho '{ $argument }'
typed-number-of-values = sai số lượng giá trị cho '{ $argument }'
typed-no-equals = cần dấu bằng khi gán giá trị cho '{ $argument }'
typed-not-utf8 = dòng lệnh không phải UTF-8
