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

help--unit = Đơn vị đứng tên; bỏ trống là đơn vị của cán bộ, hoặc của nút.
help--drafted-by = Cán bộ soạn; bỏ trống là người đang đăng nhập.
help--approved-by = Cán bộ duyệt; phải là người khác.
help--approved-by-login = Cán bộ khác ngồi cùng bàn duyệt, và được hỏi mật khẩu.
help--password-stdin = Đọc mật khẩu đó từ stdin, một dòng.
help--officer = Cán bộ, theo mã bí danh do đơn vị cấp; bỏ trống là người đang đăng nhập.
help--alert = Số của thông báo.

## Đăng nhập, việc đến hạn

help-sign-in = Đăng nhập vào nút đang chạy; phiên được giữ cho người dùng này của máy.
help-sign-in--login = Tên đăng nhập do người quản trị cấp.
help-sign-in--password-stdin = Đọc mật khẩu từ stdin, một dòng, khi không có người gõ.
help-sign-out = Kết thúc phiên đăng nhập.
help-who = Xem ai đang đăng nhập, và được làm gì.
help-due = Xem việc đến hạn, gấp nhất trước, và ai phải làm.
help-due--for = Việc của ai.
    .me = việc theo vai trò của cán bộ, cho đơn vị
    .unit = mọi việc của đơn vị
    .province = mọi việc của các đơn vị trong tỉnh
help-due--after = Nơi trang trước kết thúc: giá trị "next" của trang đó.

help-purpose = Nêu phiên này để làm gì, trước khi xem hoặc tra cứu về người.
help-purpose--purpose = Mục đích của phiên này; hỏi một lần, được ghi lại.
help-purpose--case = Số hồ sơ, vụ việc liên quan.
help-audit-key = Tạo khóa của thanh tra; phần công khai đưa cho người kết xuất.
help-audit-key--out = Tập tin sẽ tạo, chưa được có; chỉ chủ được đọc.
help-audit-read = Đọc nội dung một tập tin chứng cứ bằng các khóa đã được cấp.
help-audit-read--file = Tập tin chứng cứ.
help-audit-read--keys = Các khóa đã cấp kèm theo; mặc định FILE.keys.
help-audit-read--key = Khóa của thanh tra để mở chúng.
help-audit-export--keys-for = Cấp luôn khóa của những gì kết xuất cho thanh tra này, trong FILE.keys: phần công khai của khóa, 64 chữ số thập lục phân.
help-access = Xem ở nút này ai đã được xem gì, và điều gì cần xem lại; dành cho thanh tra.
help-access-who-read = Xem ai đã được xem một thông báo ở nút này, mới nhất trước.
help-access-by = Xem một cán bộ của nút này đã được xem những gì, mới nhất trước.
help-access-by--officer = Mã số của cán bộ.
help-access-unusual = Xem điều cần xem lại: rất nhiều trong một giờ, ban đêm, tên của chính mình.
help-access-said = Xem mục đích đã nêu, hoặc nội dung đã gõ để tra cứu.
help-access-said--event = Sự kiện, như các lệnh khác của nhóm này cho thấy.
help--before = Chỉ trước vị trí đó của nhật ký.
help-erasure = Xem điều gì đã xóa ở đâu.
help-erasure-status = Xem thông báo đã xóa đến đâu, và nút nào chưa xác nhận.
help-search = Tra cứu tên, biển số, số điện thoại, tài khoản và từ trong thông báo, và xem vì sao tìm thấy.
help-search--words = Điều cần tìm, như người ta nói hoặc viết: không cần dấu, không cần thứ tự; ? thay ký tự biển số không đọc được.
help-search--purpose = Mục đích tra cứu của phiên này; hỏi một lần, được ghi lại.
help-search--case = Số hồ sơ, vụ việc liên quan.
help-search--born = Chỉ người sinh năm đó, hoặc không ghi năm sinh.
help-search--sex = Chỉ người có giới tính đó, hoặc không ghi.
help-search--place = Chỉ nơi có các từ này.
help-search--category = Chỉ thông báo loại này.
help-search--after = Nơi trang trước kết thúc: giá trị "next" của trang đó.

## giapranh officer, token

help-officer = Lập tài khoản của nút và quản lý tài khoản.
help-officer-add = Lập tài khoản cho cán bộ. Tài khoản đầu tiên là của người quản trị; từ đó chủ của socket không còn làm được gì nếu chưa đăng nhập.
help-officer-add--login = Tên mà cán bộ gõ khi đăng nhập.
help-officer-add--name = Họ tên cán bộ; không bao giờ rời nút này.
help-officer-add--unit = Đơn vị của cán bộ, do nút này làm thay hoặc là đơn vị của nút.
help-officer-add--role = Cán bộ được làm gì; dùng được nhiều lần.
help-officer-add--id = Mã bí danh, nếu cán bộ đã có trong các sự kiện; bỏ trống thì nút tự đặt.
help-officer-add--password-stdin = Đọc mật khẩu đầu tiên từ stdin, một dòng.
help-officer-list = Liệt kê các tài khoản.
help-officer-roles = Giao cho cán bộ đúng các vai trò này; có hiệu lực ngay.
help-officer-roles--role = Cán bộ được làm gì từ nay; dùng được nhiều lần.
help-officer-password = Đổi mật khẩu của mình, hoặc cấp mật khẩu khác cho cán bộ; người đó phải đổi lại.
help-officer-password--account = Cán bộ, theo mã hoặc tên đăng nhập; bỏ trống là người đang đăng nhập.
help-officer-password--password-stdin = Đọc các mật khẩu từ stdin, mỗi mật khẩu một dòng: của mình thì mật khẩu cũ rồi mật khẩu mới.
help-officer-disable = Khóa ngay một cán bộ: các phiên và mã truy cập kết thúc.
help-officer-enable = Cho cán bộ đã bị khóa đăng nhập lại.
help-officer-unlock = Cho cán bộ gõ sai quá nhiều lần đăng nhập lại.
help--account = Cán bộ, theo mã hoặc tên đăng nhập.
help-token = Cấp và kết thúc mã truy cập để chương trình làm thay cán bộ.
help-token-issue = Cấp mã truy cập để một chương trình làm thay người đang đăng nhập; mã chỉ hiện một lần này.
help-token-issue--name = Mã dùng để làm gì.
help-token-issue--role = Mã được làm gì, trong những việc cán bộ được làm; dùng được nhiều lần.
help-token-issue--days = Sau bao nhiêu ngày thì tự hết hạn.
help-token-issue--out = Ghi mã vào tệp này, chưa được có sẵn, thay vì in ra stdout; chỉ chủ tệp được đọc.
help-token-list = Liệt kê mã truy cập của mình, không kèm bí mật.
help-token-revoke = Kết thúc ngay một mã truy cập.
help-token-revoke--token = Số của mã, như `token list` cho biết.

## giapranh draft

help-draft = Soạn dự thảo để cán bộ khác duyệt, duyệt hoặc trả lại dự thảo.
help-draft-new = Bắt đầu dự thảo thông báo mới; số của thông báo được cấp ngay.
help-draft-new--content = Nội dung, dạng JSON (xem `alert example`); - đọc từ stdin.
help-draft-new--zone = Địa bàn nhận; dùng được nhiều lần.
help-draft-amend = Bắt đầu dự thảo phiên bản kế tiếp của thông báo.
help-draft-amend--content = Toàn bộ nội dung từ nay, dạng JSON; - đọc từ stdin.
help-draft-amend--reason = Lý do bổ sung, đính chính.
help-draft-amend--zone = Địa bàn từ nay; bỏ trống là như trước. Dùng được nhiều lần.
help-draft-withdraw = Bắt đầu dự thảo kết thúc thông báo.
help-draft-withdraw--reason = Lý do kết thúc.
help--decision-number = Số quyết định kết thúc thông báo.
help-draft-withdraw--note = Điều khác người đọc cần biết.
help-draft-hide = Bắt đầu dự thảo ẩn thông báo trong một thời gian.
help-draft-hide--until = Đến khi nào: hết một ngày như 2026-12-31, hoặc một thời điểm.
help-draft-hide--reason = Vì sao ẩn.
help--shown-to = Đơn vị vẫn được xem, ngoài đơn vị chịu trách nhiệm; dùng được nhiều lần.
help-draft-erase = Bắt đầu dự thảo xóa vĩnh viễn nội dung thông báo ở mọi nơi.
help-draft-erase--ground = Vì sao phải xóa trước hạn.
help-draft-erase--decision = Số quyết định; số này còn mãi, không ghi tên người.
help-draft-reveal = Bắt đầu dự thảo cho mọi đơn vị xem lại thông báo đang ẩn.
help-draft-reveal--reason = Vì sao cho xem lại.
help-draft-save = Giữ phiên bản kế tiếp của dự thảo.
help-draft-save--content = Toàn bộ nội dung từ nay, dạng JSON; - đọc từ stdin.
help-draft-save--zone = Địa bàn từ nay; bỏ trống là như trong dự thảo. Dùng được nhiều lần.
help-draft-save--reason = Lý do bổ sung, đính chính; bỏ trống là như trong dự thảo.
help-draft-save--version = Phiên bản đã dựa vào để viết; bỏ trống là bản mới nhất.
help-draft-submit = Trình dự thảo cho lãnh đạo duyệt.
help-draft-return = Trả dự thảo lại cho người soạn.
help-draft-return--reason = Vì sao.
help-draft-approve = Duyệt dự thảo: có hiệu lực ngay.
help-draft-discard = Bỏ dự thảo.
help-draft-discard--reason = Vì sao.
help--version = Phiên bản đã xem; bỏ trống là bản mới nhất.
help-draft-list = Liệt kê dự thảo, dự thảo chờ duyệt trước.
help-draft-list--state = Chỉ dự thảo ở trạng thái này.
help-draft-show = Xem một dự thảo, và chỗ khác với thông báo hiện nay.

## giapranh link

help-link = Quyết định về liên hệ giữa hai thông báo đã được đề xuất.
help-link-confirm = Xác nhận hai thông báo có liên quan.
help-link-confirm--link = Mã sự kiện của đề xuất, như `alert links` cho biết.
help-link-confirm--alert = Thông báo có liên hệ được đề xuất.
help-link-confirm--grounds = Quyết định dựa vào đâu.
help-link-reject = Bác: hai thông báo không liên quan.
help-link-reject--link = Mã sự kiện của đề xuất, như `alert links` cho biết.
help-link-reject--alert = Thông báo có liên hệ được đề xuất.
help-link-reject--grounds = Quyết định dựa vào đâu.

## giapranh node

help-node = Tạo nút, chạy nút, xem tình trạng nút, đóng nút.
help-node-init = Tạo nút trong --dir và in yêu cầu ghi danh gửi đơn vị giữ danh bạ.
help-node-init--unit = Đơn vị của nút.
help-node-init--anchor = Tệp anchor.toml của đơn vị giữ danh bạ; nếu không có, nút này giữ danh bạ và tự ghi tệp đó.
help-node-init--serves = Đơn vị khác của tỉnh mà nút làm thay; dùng được nhiều lần.
help-node-init--nats = Máy chủ NATS; none: không trao đổi gì. Nếu bỏ trống, nút tự chạy một nats-server riêng.
help-node-init--isolated = Cấu hình của máy chủ được sinh từ danh bạ: nút đăng nhập bằng khóa nkey của mình.
help-node-init--replicas = Luồng của tỉnh được giữ trên bao nhiêu máy chủ của một cụm; bỏ trống là 1.
help-node-init--tls-ca = Chứng thư của nơi cấp. Đường dẫn không tuyệt đối bắt đầu trong --dir; các tệp kia cũng vậy.
help-node-init--tls-certificate = Chứng thư của nút.
help-node-init--tls-key = Khóa của chứng thư của nút; chỉ chủ tệp được đọc.
help-node-run = Chạy nút của --dir cho đến khi nhận SIGINT hoặc SIGTERM.
help-node-run--nats = Máy chủ NATS, thay cho máy chủ trong cấu hình của nút; none: không trao đổi gì.
    .long =
        Máy chủ NATS, thay cho máy chủ trong cấu hình của nút; none: không trao đổi gì.

        Nếu không có địa chỉ ở đây và trong node.toml thì nút đứng một mình và tự chạy một nats-server
        riêng, tìm trong PATH hoặc do GIAPRANH_NATS_SERVER nêu. Nút thứ hai không nối vào máy chủ đó
        được: hãy cho cả hai nút địa chỉ của một máy chủ.
help-node-run--http = Địa chỉ nội bộ của máy cho trang và việc đọc, ví dụ 127.0.0.1:8080.
help-node-run--monitor = Địa chỉ nội bộ của máy cho /livez, /readyz và /metrics, ví dụ 127.0.0.1:9464.
help-node-backup = Sao nhật ký của --dir vào một tệp; nút có thể đang chạy.
help-node-backup--out = Tệp sẽ ghi; chưa được tồn tại.
help-node-status = Xem tình trạng nút đang chạy của --dir.
help-node-request = In lại yêu cầu ghi danh của --dir.
help-node-request--serves = Đơn vị khác của tỉnh mà nút làm thay; dùng được nhiều lần.
help-node-close = Đóng hẳn nút đang chạy của --dir: nút không ký gì nữa bằng khóa của mình.
help-node-close--reason = Vì sao đóng.
help-node-rotate = Cho nút của --dir, đã đóng và đã dừng, khóa mới, và in yêu cầu ghi danh.
help-node-rotate--serves = Đơn vị khác của tỉnh mà nút làm thay; dùng được nhiều lần.
help-node-handover = Sao toàn bộ nhật ký của nút đã đóng cho đơn vị kế thừa.
help-node-handover--out = Tệp sẽ ghi; chưa được tồn tại.
help-node-take-over = Tiếp nhận nhật ký của đơn vị đã kết thúc; nút của --dir phải dừng.
help-node-take-over--file = Tệp do `node handover` ghi.
help-node-restore = Đặt bản sao lưu, hoặc nhật ký trống, vào chỗ nhật ký bị mất: phần các nút khác giữ sẽ trở lại.
help-node-restore--backup = Tệp do `node backup` ghi; nếu không có, nhật ký bắt đầu trống.
help-node-restore--epoch = Kỷ của khóa của nút; bản sao lưu tự biết.
help-node-begin-epoch = Tiếp tục ở kỷ mới, vì không tìm lại được những gì nút đã ký sau cùng.

## giapranh directory

help-directory = Xem danh bạ các đơn vị, địa bàn và nút, và thay đổi danh bạ.
help--decision = Quyết định được thực hiện, ghi như khi viện dẫn.
help--effective-from = Ngày bắt đầu có hiệu lực, ví dụ 2025-03-01; bỏ trống là hôm nay ở Việt Nam.
help-directory-found = Ghi các đơn vị, địa bàn, quy tắc và nút đầu tiên vào nhật ký của đơn vị giữ danh bạ.
help-directory-found--data = Thư mục có units.csv, adjacency.csv và authority.csv.
help-directory-found--request = Yêu cầu ghi danh của một nút, do `node init` in ra; dùng được nhiều lần.
help-directory-found--decision = Quyết định làm căn cứ.
help-directory-found--effective-from = Ngày bắt đầu có hiệu lực, ví dụ 2020-10-29.
help-directory-anchor = In điểm neo tin cậy (anchor) để tạo các nút khác, kèm khóa của các tỉnh sáng lập.
help-directory-show = Xem danh bạ hiện nay, hoặc vào một ngày hay ở một đầu danh bạ.
help-directory-show--at = Như vào cuối ngày này, ví dụ 2025-02-28.
help-directory-show--head = Như ở đầu danh bạ này.
help-directory-show--unit = Chỉ đơn vị này, với tất cả những gì đã xảy ra.
help-directory-show--zone = Chỉ địa bàn này, với các thành viên.
help-directory-diff = Xem hai ngày hoặc hai đầu danh bạ khác nhau ở đâu.
help-directory-diff--first = Bên trước: một ngày như 2025-02-28, hoặc một đầu danh bạ như head:12.
help-directory-diff--second = Bên sau.
help-directory-log = Liệt kê các quyết định, kèm đầu danh bạ mà mỗi quyết định tạo ra.
help-directory-pending = Liệt kê các nút chờ tỉnh xác nhận, và các nút đã đóng nhưng chưa có điểm cắt.
help-directory-enrol = Ghi danh một nút, hoặc khóa mới của nút sau khi đóng.
help-directory-enrol--request = Tệp do `node init` hoặc `node rotate` in ra.
help-directory-confirm = Với tư cách tỉnh, xác nhận khóa là của nút của một đơn vị.
help-directory-confirm--enrolled = Đơn vị có nút đang chờ.
help-directory-confirm--key = Khóa công khai của nút, do chính đơn vị đọc.
help-directory-revoke = Nói nhật ký của một nút có giá trị đến đâu: phần sau đó bị từ chối và không được công nhận.
help-directory-revoke--unit = Đơn vị của nút.
help-directory-revoke--index = Chỉ số của sự kiện cuối cùng có giá trị.
help-directory-revoke--hash = Giá trị băm (lá) của sự kiện đó.
help-directory-revoke--nothing = Không sự kiện nào của kỷ có giá trị.
help-directory-revoke--closed = Sự kiện cuối cùng có giá trị là sự kiện đóng nút.
help-directory-revoke--epoch = Kỷ của nhật ký; bỏ trống là kỷ mới nhất.
help-directory-revoke--cause = Khóa không còn đáng tin, hoặc nhật ký mất phần đuôi và bắt đầu lại.
help-directory-serve = Đặt các đơn vị mà một nút làm thay, ngoài đơn vị của nút.
help-directory-serve--node = Đơn vị của nút.
help-directory-serve--serves = Mọi đơn vị mà nút làm thay từ nay, ngoài đơn vị của nút.
help-directory-serve--nobody = Nút chỉ làm cho đơn vị của mình.
help-directory-register = Lập một đơn vị.
help-directory-register--id = Mã của đơn vị, chỉ cấp một lần: long-an_duc-hoa.
help-directory-register--level = Cấp của đơn vị.
help-directory-register--name = Tên của đơn vị.
help-directory-register--code = Mã của cơ quan thống kê.
help-directory-register--parent = Đơn vị cấp trên; tỉnh thì không có.
help-directory-rename = Đổi tên hoặc mã chính thức của một đơn vị.
help-directory-rename--unit = Đơn vị được đổi.
help-directory-rename--name = Tên từ nay.
help-directory-rename--code = Mã chính thức từ nay.
help-directory-move = Chuyển một đơn vị sang cấp trên khác trong cùng tỉnh.
help-directory-move--unit = Đơn vị được chuyển.
help-directory-move--parent = Đơn vị cấp trên từ nay, cùng tỉnh.
help-directory-end = Kết thúc một đơn vị; đơn vị kế thừa chịu trách nhiệm thay, nhật ký của nút kết thúc.
help-directory-end--unit = Đơn vị kết thúc.
help-directory-end--successor = Đơn vị chịu trách nhiệm từ nay.
help-directory-end--cause = Kết thúc bằng hình thức nào.
help-directory-end--part = Khi chia tách: một đơn vị được tách ra, trong đó có đơn vị kế thừa; dùng được nhiều lần.
help-directory-allow = Quy định ai được ban hành thông báo loại nào, ở đâu.
help-directory-allow--level = Mọi đơn vị cấp này.
help-directory-allow--unit = Đơn vị này; khi đó đơn vị chỉ theo quy định này.
help-directory-allow--category = Loại thông báo nào.
help-directory-allow--cluster = Cả toàn cụm.
help-directory-allow--zone = Chỉ địa bàn này; bỏ trống là mọi địa bàn của đơn vị. Dùng được nhiều lần.
help-directory-allow--forbid = Không nơi nào: bỏ quyền này.
help-directory-deadline = Đặt thời hạn cho một việc.
help-directory-deadline--name = Việc nào.
help-directory-deadline--seconds = Được bao nhiêu giây.
help-directory-hand-over = Giao danh bạ cho nút của đơn vị khác.
help-directory-hand-over--unit = Đơn vị có nút giữ danh bạ từ nay.
help-directory-change = Quyết định các thay đổi trong một tệp: tất cả, hoặc không thay đổi nào.
help-directory-change--file = JSON: danh sách thay đổi, hoặc cả quyết định như --dry-run in ra; - đọc từ stdin.
help-directory-change--decision = Quyết định được thực hiện; bỏ trống là theo tệp.
help-directory-change--effective-from = Ngày bắt đầu có hiệu lực; bỏ trống là theo tệp, hoặc hôm nay ở Việt Nam.
help-directory-reorganise = Thực hiện một bước sắp xếp tổ chức năm 2025.
help-directory-reorganise--step = 1: không còn công an cấp huyện (1/3/2025). 2: sáp nhập tỉnh, sắp xếp lại xã (1/7).
help-directory-reorganise--data = Thư mục có units_2025.csv, reorganisation_2025.csv và adjacency_communes_2025.csv, cho bước 2.
help-directory-reorganise--last-known = Với nút kết thúc mà không đóng được nữa, những gì nhật ký này có của nút được tính.
help-directory-reorganise--dry-run = In quyết định dạng JSON, không quyết định gì.
help-directory-propose = In bản đề nghị để các tỉnh sáng lập ký: nút này giữ danh bạ, hoặc các đơn vị sáng lập mới.
help-directory-propose--after = Đầu danh bạ cuối cùng có giá trị; bỏ trống là mới nhất. Những gì sau đó không có giá trị.
help-directory-propose--founder = Đề nghị đơn vị sáng lập, với khóa mà nút của đơn vị đang có; dùng được nhiều lần.
help-directory-propose--threshold = Bao nhiêu đơn vị sáng lập trong số đó phải ký.
help-directory-sign = In bản đề nghị, thêm chữ ký của tỉnh sáng lập này.
help-directory-sign--file = Bản đề nghị, do `directory propose` hoặc tỉnh sáng lập khác in ra; - đọc từ stdin.
help-directory-take-over = Đưa nút này, đang dừng, vào vị trí giữ danh bạ, bằng bản đề nghị đủ chữ ký.
help-directory-take-over--file = Bản đề nghị có chữ ký của đủ các tỉnh sáng lập; - đọc từ stdin.
help-directory-name-founders = Với tư cách đơn vị giữ danh bạ, công bố các đơn vị sáng lập mới, bằng bản đề nghị đủ chữ ký.
help-directory-name-founders--file = Bản đề nghị có chữ ký của đủ các đơn vị sáng lập hiện nay; - đọc từ stdin.

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
help-alert-withdraw--note = Điều khác người đọc cần biết.
help-alert-acknowledge = Báo đơn vị đã tiếp nhận thông báo.
help-alert-acknowledge--version = Phiên bản đã xem; bỏ trống là bản mới nhất ở đây.
help-alert-flag = Báo đơn vị không thực hiện được trên địa bàn của mình, hoặc lại thực hiện được.
help-alert-flag--reason = Vì sao đơn vị không thực hiện được; với --lift, vì sao lại thực hiện được.
help-alert-flag--lift = Rút lại lời báo của đơn vị.
help-alert-hide = Trong một thời gian chỉ cho ít đơn vị xem thông báo; hai cán bộ cùng một bàn.
help-alert-hide--until = Đến khi nào: hết một ngày như 2026-12-31, hoặc một thời điểm.
help-alert-hide--reason = Vì sao ẩn.
help-alert-erase = Xóa vĩnh viễn nội dung thông báo ở mọi nơi; hai cán bộ cùng một bàn.
help-alert-erase--ground = Vì sao phải xóa trước hạn.
help-alert-erase--decision = Số quyết định; số này còn mãi, không ghi tên người.
help-alert-reveal = Cho mọi đơn vị xem lại thông báo đang ẩn; hai cán bộ cùng một bàn.
help-alert-reveal--reason = Vì sao cho xem lại.
help-alert-extend = Gia hạn thông báo: thành dự thảo, hoặc thành phiên bản kế tiếp khi hai cán bộ cùng một bàn.
help-alert-extend--expires = Hết hạn khi nào từ nay: hết một ngày, hoặc một thời điểm.
help-alert-extend--review-by = Rà soát trước khi nào từ nay: hết một ngày, hoặc một thời điểm.
help-alert-extend--reason = Vì sao tiếp tục: rà soát thấy gì.
help-alert-consent-withdrawn = Bỏ khỏi thông báo người vô can bị mạo danh, nay không còn đồng ý.
help-alert-consent-withdrawn--reason = Lý do ghi trong phiên bản kế tiếp của thông báo.
help-alert-link = Đề xuất rằng hai thông báo có liên quan; cán bộ khác xác nhận.
help-alert-link--other = Số của thông báo có thể liên quan.
help-alert-link--relation = Liên quan ở điểm nào.
help-alert-link--grounds = Dựa vào đâu.
help-alert-links = Xem thông báo có thể liên quan đến những thông báo nào.
help-alert-list = Liệt kê thông báo, mới nhất trước.
help-alert-list--zone = Chỉ thông báo của địa bàn này.
help-alert-list--status = Chỉ thông báo ở trạng thái này.
help-alert-list--unit = Chỉ thông báo do đơn vị này ban hành.
help-alert-list--words = Chỉ thông báo có đủ các từ này, gõ có dấu hay không dấu; từ cuối có thể là phần đầu của một từ.
help-alert-list--category = Chỉ thông báo loại này.
help-alert-list--after = Nơi trang trước kết thúc: giá trị "next" của trang đó.
help-alert-list--as-of = Như nút này đã hiển thị ở một thời điểm: vị trí trong nhật ký, hoặc giờ như 2024-05-31T14:00:00+07:00.
help-alert-show = Xem một thông báo với tất cả những gì đã nói về thông báo đó.
help-alert-show--alert = Số của thông báo, ví dụ hcm/2024/000123.
help-alert-show--as-of = Như nút này đã hiển thị ở một thời điểm: vị trí trong nhật ký, hoặc giờ như 2024-05-31T14:00:00+07:00.
help-alert-delivery = Xem đơn vị nào đã có thông báo, từ lúc nào: bằng chứng đã đến.
help-alert-adopt = Thừa nhận sự kiện đến muộn: nút đã làm mất chúng và bắt đầu kỷ mới.
help-alert-adopt--event = Sự kiện đến muộn, theo mã mà `alert show` cho biết; dùng được nhiều lần.
help-alert-adopt--reason = Vì sao thừa nhận.
help-alert-watch = Theo dõi tin trực tiếp, mỗi tin một dòng.
help-alert-watch--after = Bắt đầu sau vị trí này của nhật ký; bỏ trống là chỉ tin mới. 0 là tất cả.
help-alert-watch--count = Dừng sau ngần ấy tin.
help-alert-example = In nội dung của một thông báo không có thật, để bắt đầu từ đó.
help-alert-example--category = Loại thông báo.

## giapranh hit

help-hit = Báo tin phát hiện, trả lời tin phát hiện, và báo kết quả.
help-hit-report = Báo rằng đã phát hiện điều nêu trong thông báo.
help-hit-report--urgency = Cần trả lời gấp đến mức nào.
help-hit-report--place = Ở đâu.
help-hit-report--seen-at = Lúc nào, ví dụ 2024-05-31T14:00:00+07:00.
help-hit-report--basis = Dựa vào đâu mà nhận ra.
help-hit-report--certainty = Chắc chắn đến mức nào.
help-hit-report--done = Đã làm gì.
help-hit-report--version = Phiên bản thông báo đã căn cứ; bỏ trống là bản mới nhất ở đây.
help-hit-send = Gửi các tin còn giữ vì đường truyền đến nút bị hỏng: mỗi tin một lần.
help-hit-send--drop = Bỏ một tin còn giữ đã bị từ chối, theo số của tin, và gửi các tin khác.
help-hit-conclude = Báo kết quả của tin phát hiện.
help-hit-conclude--hit = Mã sự kiện của tin, như `alert show` in ra.
help-hit-conclude--outcome = Kết quả thế nào.
help-hit-conclude--at = Lúc nào, ví dụ 2024-05-31T14:00:00+07:00.
help-hit-conclude--handed-to = Đơn vị được bàn giao.
help-hit-conclude--note = Điều khác đơn vị kia cần biết.
help-hit-answer = Trả lời tin phát hiện về thông báo của mình: có đúng không?
help-hit-answer--hit = Mã sự kiện của tin, như `alert show` in ra.
help-hit-answer--result = Có đúng người, đúng vật không.
help-hit-answer--note = Điều khác đơn vị kia cần biết.

## giapranh zone, unit

help-zone = Tra cứu, điều chỉnh địa bàn giáp ranh, và đề nghị vào địa bàn của đơn vị bạn.
help-zone-list = Liệt kê các địa bàn giáp ranh.
help-zone-show = Xem một địa bàn với các thành viên.
help-zone-show--zone = Mã địa bàn, ví dụ hcm-long-an.
help-zone-define = Lập một địa bàn.
help-zone-define--id = Mã địa bàn, chỉ cấp một lần: hcm-long-an.
help-zone-define--name = Tên địa bàn.
help-zone-define--member = Một thành viên; dùng được nhiều lần.
help-zone-define--one-province = Mọi thành viên cùng một tỉnh là có chủ ý.
help-zone-redraw = Đổi tên hoặc thành viên của địa bàn.
help-zone-redraw--zone = Địa bàn được điều chỉnh.
help-zone-redraw--name = Tên từ nay.
help-zone-redraw--join = Đơn vị là thành viên từ nay; dùng được nhiều lần.
help-zone-redraw--leave = Đơn vị không còn là thành viên từ nay; dùng được nhiều lần.
help-zone-split = Tách địa bàn thành các địa bàn khác: lập các địa bàn đó, và kết thúc địa bàn này.
help-zone-split--zone = Địa bàn được tách.
help-zone-split--into = Một địa bàn được tách ra: mã, tên và các thành viên, như a=Vùng A:đơn-vị,đơn-vị; ít nhất hai.
help-zone-split--one-province = Mọi thành viên của một địa bàn trong đó cùng một tỉnh là có chủ ý.
help-zone-end = Kết thúc địa bàn: không ban hành gì mới ở đó, những gì đang có vẫn tiếp tục.
help-zone-end--zone = Địa bàn kết thúc.
help-zone-request = Đề nghị đơn vị giữ danh bạ cho vào địa bàn của đơn vị bạn, trong một thời gian.
help-zone-request--zone = Địa bàn muốn vào.
help-zone-request--until = Đến khi nào: hết một ngày như 2026-12-31, hoặc một thời điểm.
help-zone-request--reason = Cần để làm gì.
help-zone-requests = Liệt kê các đề nghị vào địa bàn đang chờ đơn vị giữ danh bạ.
help-zone-grant = Cho một đơn vị vào địa bàn của đơn vị bạn, trong một thời gian.
help-zone-grant--event = Đề nghị được chấp thuận, như `zone requests` liệt kê.
help-zone-grant--zone = Khi không có đề nghị: địa bàn …
help-zone-grant--unit = … và đơn vị.
help-zone-grant--until = Đến khi nào: hết một ngày, hoặc một thời điểm; bỏ trống là như đề nghị.
help-zone-coverage = Xem các đơn vị nào giáp nhau qua ranh giới tỉnh mà không thuộc địa bàn chung nào.
help-zone-coverage--data = Thư mục có adjacency.csv, và adjacency_communes_2025.csv khi các tỉnh đã sáp nhập.
help-unit = Tra cứu đơn vị.
help-unit-list = Liệt kê đơn vị.
help-unit-list--level = Chỉ đơn vị cấp này.
help-unit-list--parent = Chỉ đơn vị trực thuộc đơn vị này.
help-unit-list--zone = Chỉ thành viên của địa bàn này.

## giapranh deploy

help-deploy = Dựng các máy chủ NATS theo danh bạ.
help--topology = Các máy chủ đặt ở đâu, dạng TOML (docs/OPERATIONS.md).
help-deploy-render = Ghi cấu hình các máy chủ NATS của một sơ đồ, theo danh bạ hiện nay.
help-deploy-render--out = Thư mục có thư mục riêng cho mỗi máy chủ.
help-deploy-apply = Ghi cấu hình, và cho các máy chủ đang chạy ở đây nhận phần thay đổi.
help-deploy-apply--out = Thư mục có thư mục riêng cho mỗi máy chủ.
help-deploy-serve = Chạy một máy chủ của sơ đồ đến khi nhận SIGINT hoặc SIGTERM; máy chủ theo sát danh bạ.
help-deploy-serve--out = Thư mục có thư mục riêng cho mỗi máy chủ.
help-deploy-serve--server = Máy chủ, theo tên trong sơ đồ.
help-deploy-ca = Lập nơi cấp chứng thư, cho nơi chưa có.
help-deploy-ca--out = Thư mục nhận ca.pem, cho mọi người, và ca.key, chỉ chủ tệp được đọc.
help-deploy-certificate = Cấp chứng thư cho một máy chủ hoặc cho nút của một đơn vị.
help-deploy-certificate--ca = Thư mục có ca.pem và ca.key.
help-deploy-certificate--server = Cho một máy chủ; các tệp mang tên này.
help-deploy-certificate--name = Tên hoặc địa chỉ IP để đến máy chủ; dùng được nhiều lần.
help-deploy-certificate--unit = Cho nút của đơn vị này.
help-deploy-certificate--out = Thư mục nhận chứng thư và khóa.
help-deploy-link = Ghi bí mật để máy chủ trung tâm nhận ra máy chủ của tỉnh của nút này.
help-deploy-link--out = Tệp sẽ ghi, chưa được có sẵn; cấu hình của máy chủ nhánh đọc OUT/TÊN/link.conf.

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

help-peers = Xem nút nghe được những nút nào, nơi nào còn thiếu gì, và nút có được ký không.
help-fork = Xem các nút đã ký hai sự kiện cùng một số, và quyết định.
help-fork-list = Liệt kê các phân nhánh đã phát hiện, theo nơi phát.
help-fork-show = Xem các phân nhánh của một nơi phát: ai nói, và đã quyết định gì.
help-fork-show--origin = Đơn vị có nhật ký phân nhánh.
help-fork-decide = Cho nút này tiếp tục với một nơi phát: xét lại những gì đang giữ. Không nút nào khác biết.
help-fork-decide--origin = Đơn vị có nhật ký phân nhánh.
help-fork-decide--epoch = Kỷ nào của nhật ký đó.
help-fork-decide--reason = Vì sao cho tiếp tục: đã tìm hiểu được gì.
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
value-cause = CÁCH
value-certainty = ĐỘ_CHẮC_CHẮN
value-code = MÃ
value-cursor = CHỖ
value-date = NGÀY
value-dir = THƯ_MỤC
value-event-id = MÃ_SỰ_KIỆN
value-file = TỆP
value-form = DẠNG
value-from-to = TỪ..ĐẾN
value-hex = HEX
value-host = MÁY
value-id = SỐ
value-language = NGÔN_NGỮ
value-level = CẤP
value-limit = SỐ
value-login = TÊN_ĐĂNG_NHẬP
value-log = NHẬT_KÝ
value-moment = THỜI_ĐIỂM
value-n = SỐ
value-name = TÊN
value-node = NÚT
value-note = ĐIỂM_KIỂM
value-number = SỐ
value-ground = CĂN_CỨ
value-officer = CÁN_BỘ
value-other = NHẬT_KÝ_KIA
value-outcome = KẾT_QUẢ
value-part = PHẦN
value-position = VỊ_TRÍ
value-reason = LÝ_DO
value-relation = QUAN_HỆ
value-result = KẾT_QUẢ
value-role = VAI_TRÒ
value-seconds = GIÂY
value-sex = GIỚI_TÍNH
value-size = SỐ
value-state = TRẠNG_THÁI
value-status = TRẠNG_THÁI
value-step = BƯỚC
value-text = NỘI_DUNG
value-unit = ĐƠN_VỊ
value-urgency = ĐỘ_KHẨN
value-url = URL
value-whose = CỦA_AI
value-words = TỪ
value-zone = ĐỊA_BÀN
value-year = NĂM

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
