# Từ tiếng Việt cho các mã và các tên. Bản tiếng Anh của tên nằm ngay trong chương trình; tiếng Anh
# hiển thị chính mã, và khi gõ lệnh vẫn dùng mã.

## Loại thông báo

category-wanted-person = Truy nã
category-travelling-offender = Đối tượng lưu động
category-modus-operandi = Phương thức, thủ đoạn

## Trạng thái của thông báo

status-active = đang hiệu lực
status-withdrawn = đã thu hồi
status-expired = hết hạn
status-awaited = chờ nội dung

## Mức độ

severity-routine = thường
severity-important = quan trọng
severity-critical = đặc biệt quan trọng

## Việc cần làm

action-arrest = bắt giữ
action-locate = xác định nơi ở
action-observe = theo dõi kín đáo
action-seize = thu giữ
action-check = kiểm tra
action-inform = nắm thông tin

## Cảnh giác

warning-armed = có vũ khí
warning-violent = hung hãn
warning-health = có bệnh cần lưu ý
warning-flight-risk = dễ bỏ trốn

## Căn cứ

ground-wanted-decision = quyết định truy nã
ground-case-decision = quyết định khởi tố
ground-verification-request = yêu cầu xác minh
ground-directive = chỉ đạo

## Loại truy nã

class-ordinary = thường
class-special = đặc biệt

## Giới tính

sex-male = nam
sex-female = nữ
sex-unknown = chưa rõ

## Lý do thu hồi

reason-executed = đã bắt
reason-surrendered = đầu thú
reason-died = đã chết
reason-limitation-passed = hết thời hiệu
reason-revoked = quyết định bị hủy
reason-error = ban hành nhầm
reason-wrong-person = nhầm người

## Tin phát hiện

certainty-certain = chắc chắn
certainty-probable = nhiều khả năng
certainty-possible = có thể
urgency-routine = thường
urgency-urgent = khẩn
result-same = đúng
result-not-same = không đúng
result-need-time = cần thêm thời gian

## Cấp đơn vị

level-province = tỉnh
level-district = huyện
level-commune = xã

## Loại sự kiện

kind-alert-issued = Thông báo
kind-alert-amended = Bổ sung
kind-alert-withdrawn = Thu hồi
kind-hit-reported = Tin phát hiện
kind-hit-answered = Trả lời tin
kind-directory-changed = Danh bạ thay đổi
kind-enrolment-confirmed = Xác nhận ghi danh nút
kind-zone-requested = Đề nghị vào địa bàn
kind-node-closed = Nút đóng
kind-delivery-noted = Ghi nhận đã đến
kind-fork-found = Phát hiện nhật ký phân nhánh
kind-fork-decided = Quyết định về phân nhánh
kind-events-adopted = Thừa nhận tin đến muộn

## Hiệu lực của sự kiện

verdict-valid = có hiệu lực
verdict-late = đến muộn, chưa có hiệu lực
verdict-disowned = không có thẩm quyền
verdict-waiting = chờ danh bạ
verdict-unreadable = chưa đọc được
why-beyond-cut = sau điểm cắt của nút
why-not-enrolled = nút chưa được ghi danh
why-unit-ended = đơn vị đã kết thúc
why-not-served = nút không phục vụ đơn vị này
why-not-in-zone = đơn vị không thuộc địa bàn
why-not-registrar = không phải đơn vị giữ danh bạ
why-not-issuer = không phải đơn vị ban hành
why-not-allowed = cấp này không được ban hành loại này
why-no-second-person = thiếu người duyệt thứ hai
why-no-expiry = không có hạn
why-not-answerable = không phải đơn vị ban hành hay cấp trên
why-inconsistent = nội dung khác với phần đầu

## Tự phục hồi

finding-silent = im lặng
finding-skew = đồng hồ lệch quá hai phút
finding-fork = phân nhánh
finding-went-back = lùi về bản cũ
finding-clone = có bản sao đang chạy
finding-refused = tin gần đây bị từ chối
tail-whole = đủ
tail-behind = còn thiếu
tail-unknown = chưa rõ
tail-forked = phân nhánh
fork-open = chờ quyết định
fork-alleged = bị báo, chưa có bằng chứng tại đây
fork-decided = đã quyết định ở đây
fork-cut = đã cắt bỏ

## Tên các trường trong nội dung và trạng thái

part-active = đang hiệu lực
part-agency = cơ quan
part-alerts = thông báo
part-aliases = tên gọi khác
part-approach = cách tiếp cận
part-area = khu vực hoạt động
part-article = điều luật
part-associates = người liên quan
part-awaited = chờ nội dung
part-born = sinh
part-build = vóc người
part-by-kind = theo loại
part-by-outcome = theo kết quả
part-by-reason = theo lý do
part-by-verdict = theo hiệu lực
part-case-number = số vụ án
part-cases = số vụ
part-category = loại
part-checked = đã kiểm tra lại
part-contact = liên hệ 24/24
part-content = nội dung
part-counters = số liệu
part-cut = khóa của nút này đã bị chấm dứt
part-date = ngày
part-decision-number = số quyết định
part-digest = giá trị băm
part-directory = danh bạ
part-dropped = đã bỏ
part-effective-from = hiệu lực từ
part-escape-direction = hướng tẩu thoát
part-events = sự kiện
part-expired = hết hạn
part-expires = hết hạn
part-eyes = mắt
part-faults = sai lệch
part-ground = căn cứ pháp lý
part-group-size = số người trong nhóm
part-hair = tóc
part-handling = chế độ lưu hành
part-head = đầu danh bạ
part-headline = tiêu đề
part-height-cm = chiều cao (cm)
part-held = đang giữ chờ
part-hits = tin phát hiện
part-hits-unanswered = tin chưa trả lời
part-identity-numbers = giấy tờ tùy thân
part-kind = loại
part-kind-of-place = loại địa điểm
part-last-known-place = nơi biết sau cùng
part-last-seen = thấy lần cuối
part-line = đường truyền
part-location = địa điểm
part-marks = đặc điểm
part-means-of-travel = phương tiện đi lại
part-minor = chưa thành niên
part-minor-ground = căn cứ đối với người chưa thành niên
part-modus-operandi = phương thức, thủ đoạn
part-name = họ tên
part-nationality = quốc tịch
part-nodes = nút
part-note = ghi chú
part-number = số
part-offence = điều luật
part-outbox = hàng gửi đi
part-page = trang trực tiếp
part-pattern = quy luật
part-payloads = nội dung sự kiện
part-person = đối tượng
part-pid = mã tiến trình
part-position = vị trí
part-prevention = phòng ngừa
part-projected = đã tổng hợp
part-property-taken = tài sản bị lấy
part-proportionality = sự cần thiết, tương xứng
part-published = đã gửi
part-pulls = lấy tin từ
part-purpose = mục đích
part-quarantined = cách ly
part-reason = lý do
part-refusal = vì sao không ký được
part-registrar = đơn vị giữ danh bạ
part-rejudged = đã xét lại
part-tail = phần cuối nhật ký của đơn vị
part-lacks = còn thiếu
part-settled = đã ổn định sau khởi động
part-peers = các nút khác
part-expected = cần có
part-heard = đã nghe thấy
part-silent = im lặng
part-skewed = lệch đồng hồ
part-lacks-here = ở đây còn thiếu
part-lacks-there = ở nơi khác còn thiếu
part-forks = chuỗi bị tách đôi
part-found = đã phát hiện
part-undecided = chưa quyết định
part-cloned = có nút sao chép
part-healing = tự khôi phục
part-events-by-stream = sự kiện qua luồng
part-events-by-backfill = sự kiện lấy bù
part-duplicates-by-backfill = lấy bù bị trùng
part-beacons-believed = tín hiệu được tin
part-beacons-replayed = tín hiệu phát lại
part-beacons-refused = tín hiệu bị từ chối
part-pages-refused = trả lời vô nghĩa
part-deliveries-noted = lần nhận đã ghi
part-claims-not-shown = lời khai không có bằng chứng
part-pulled = tin đã kéo về
part-pulled-twice = kéo về bị trùng
part-pages-received = trang đã nhận
part-pages-served = trang đã cấp
part-beacons-sent = tín hiệu đã phát
part-room = chỗ trống trên đĩa
part-log-full = đĩa nhật ký đầy
part-views-wait = phần hiển thị đang chờ
part-clock = đồng hồ
part-log-ahead-ms = nhật ký đi trước, ms
part-wrong-by-ms = sai lệch, ms
part-required-action = việc cần làm
part-residence = nơi ở
part-review-by = rà soát trước
part-server = máy chủ NATS riêng
part-severity = mức độ
part-sex = giới tính
part-state = trạng thái
part-stopped = dừng vì
part-target = mục tiêu
part-time-window = khung giờ
part-tools = công cụ
part-total = tổng số
part-travelling-offender = đối tượng lưu động
part-unit = đơn vị
part-units = đơn vị
part-vehicle-use = dùng phương tiện
part-version = phiên bản
part-waiting = đang chờ vì
part-wanted-class = loại truy nã
part-wanted-person = truy nã
part-warnings = cảnh giác
part-withdrawal = thu hồi
part-withdrawn = đã thu hồi
part-zones = địa bàn

## Danh bạ

stands-there = đang có
stands-ended = đã kết thúc
stands-not-yet = chưa có
end-abolished = bãi bỏ
end-merged = sáp nhập
end-split = chia tách
cut-revoked = thu hồi
cut-rotated = đổi khóa
cut-succeeded = có đơn vị kế thừa
cut-new-epoch = bắt đầu kỷ mới
deadline-acknowledge = tiếp nhận thông báo khẩn
deadline-hit-urgent = trả lời tin khẩn
deadline-hit-routine = trả lời tin thường
deadline-second-request = trả lời lần nhắc thứ hai
deadline-withdraw-after-arrest = thu hồi sau khi bắt
deadline-review = rà soát trước khi hết hạn
what-new = mới
what-ended = kết thúc
what-changed = thay đổi
what-name = tên
what-official-code = mã
what-parent = cấp trên
what-served-by = nút làm thay
what-joined = thêm thành viên
what-left = bớt thành viên
change-unit-registered = lập đơn vị
change-unit-renamed = đổi tên, đổi mã đơn vị
change-unit-moved = chuyển đơn vị
change-unit-ended = kết thúc đơn vị
change-zone-defined = lập địa bàn
change-zone-redrawn = điều chỉnh địa bàn
change-zone-ended = kết thúc địa bàn
change-zone-granted = cho vào địa bàn
change-node-enrolled = ghi danh nút
change-node-confirmed = xác nhận nút
change-cut-made = điểm cắt
change-service-set = đơn vị do nút làm thay
change-issuing-allowed = quyền ban hành
change-deadline-set = thời hạn
change-founders-named = tỉnh sáng lập
change-registrar-named = đơn vị giữ danh bạ

## Cách ly và giữ chờ

outcome-appended = đã vào nhật ký
outcome-duplicate = đã có sẵn
outcome-held = giữ chờ
outcome-quarantined = cách ly
gate-malformed = sai dạng
gate-subject = sai chủ đề
gate-local = không được phát ra ngoài
gate-key-of-another = khóa của đơn vị khác
gate-signature = chữ ký sai
gate-beyond-cut = sau điểm cắt của nút
gate-key-of-another-epoch = khóa của kỳ khác
gate-fork = rẽ nhánh
gate-order = thời điểm hoặc danh bạ lùi lại
gate-not-entitled = không thuộc quyền nhận
gate-unknown-key = khóa chưa biết
gate-directory = chờ danh bạ mới hơn
gate-gap = thiếu sự kiện trước đó

## So sánh hai nhật ký

diff-first = thứ nhất
diff-second = thứ hai

## Tiến độ

progress-compared = đã so sánh
progress-folded = đã tổng hợp
progress-verified = đã kiểm chứng
progress-written = đã ghi

## Tên cột và tên thông tin

col-acts-for = LÀM THAY
col-after = SAU
col-alert = THÔNG BÁO
col-before = TRƯỚC
col-bytes = BYTE
col-category = LOẠI
col-change = THAY ĐỔI
col-changed = THAY ĐỔI
col-changes = THAY ĐỔI
col-checkpoint = ĐIỂM KIỂM
col-clock = ĐỒNG HỒ
col-code = MÃ
col-contained = CÓ TRONG TỆP
col-count = SỐ LƯỢNG
col-deadline = THỜI HẠN
col-decision = QUYẾT ĐỊNH
col-detail = CHI TIẾT
col-digest = GIÁ TRỊ BĂM
col-epoch = KỶ
col-event = SỰ KIỆN
col-events = SỰ KIỆN
col-events-in-it = SỰ KIỆN TRONG ĐÓ
col-expires = HẾT HẠN
col-fault = SAI LỆCH
col-feed = NGUỒN TIN
col-fields-that-differ = TRƯỜNG KHÁC NHAU
col-findings = ĐIỀU CẦN XEM
col-first = ĐẾN ĐẦU TIÊN
col-fork = RẼ NHÁNH
col-grew-from = DÀI THÊM TỪ
col-hash = GIÁ TRỊ BĂM
col-head = ĐẦU DANH BẠ
col-headline = TIÊU ĐỀ
col-heard = NGHE LÚC
col-held-since = CÓ TỪ
col-hits = TIN PHÁT HIỆN
col-holds = ĐÚNG
col-id = SỐ
col-in-force-from = HIỆU LỰC TỪ
col-in-the-first = BÊN THỨ NHẤT
col-in-the-second = BÊN THỨ HAI
col-in-tree-of = TRONG CÂY CỠ
col-index = CHỈ SỐ
col-key = KHÓA
col-kind = NỘI DUNG
col-km = KM
col-leaf = LÁ
col-level = CẤP
col-log-held-up-to = NHẬT KÝ CÓ ĐẾN
col-log-of = NHẬT KÝ CỦA
col-may-issue = ĐƯỢC BAN HÀNH
col-members = THÀNH VIÊN
col-missing-here = THIẾU Ở ĐÂY
col-missing-there = THIẾU Ở ĐÓ
col-name = TÊN
col-neighbour = GIÁP VỚI
col-node = NÚT
col-not-disclosed = KHÔNG TIẾT LỘ
col-now = NAY
col-only = CHỈ CÓ Ở
col-only-first = CHỈ BÊN THỨ NHẤT
col-only-here = CHỈ CÓ Ở ĐÂY
col-only-second = CHỈ BÊN THỨ HAI
col-origin = NƠI PHÁT
col-parent = CẤP TRÊN
col-part = PHẦN
col-position = VỊ TRÍ
col-province = TỈNH
col-reason = LÝ DO
col-recorded = GHI LÚC
col-registrar = ĐƠN VỊ GIỮ DANH BẠ
col-reported-by = BÁO BỞI
col-root = GỐC
col-seconds = GIÂY
col-seq = SỐ
col-severity = MỨC ĐỘ
col-side = BÊN
col-signed = CHỮ KÝ
col-size = CỠ
col-stands = TÌNH TRẠNG
col-status = TRẠNG THÁI
col-subject = CHỦ ĐỀ
col-times = SỐ LẦN
col-tree = CÂY
col-unit = ĐƠN VỊ
col-until = ĐẾN
col-verdict = HIỆU LỰC
col-waits-for = CHỜ
col-what = ĐIỀU
col-where = NƠI NHẬN
col-which = CÁI NÀO
col-why = VÌ SAO
col-zone = ĐỊA BÀN
col-zones = ĐỊA BÀN
fact-acting-unit = đơn vị đứng tên
fact-alert = thông báo
fact-anchor = điểm neo tin cậy
fact-answer = trả lời
fact-answered-for-by = đơn vị chịu trách nhiệm
fact-answers-for = kế thừa
fact-approved-by = người duyệt
fact-basis = căn cứ nhận ra
fact-before = trước đó
fact-by = chương trình
fact-bytes = byte
fact-came-first = đến lần đầu
fact-category = loại
fact-certainty = độ chắc chắn
fact-changed = thay đổi
fact-checkpoints = điểm kiểm
fact-cut = điểm cắt
fact-decision = quyết định
fact-detail = chi tiết
fact-digest = giá trị băm
fact-directory-events = sự kiện danh bạ
fact-directory-head = đầu danh bạ
fact-done = đã làm
fact-drafted-by = người soạn
fact-ended-under-head = kết thúc ở đầu danh bạ
fact-epoch = kỷ
fact-event = sự kiện
fact-events = sự kiện
fact-evidence = chứng cứ
fact-evidence-file = tệp chứng cứ
fact-faults = sai lệch
fact-founders = tỉnh sáng lập
fact-from-the-log-of = từ nhật ký của
fact-healing = tự phục hồi
fact-hit = tin phát hiện
fact-how = hình thức
fact-in-force-from = hiệu lực từ
fact-in-force-until = có hiệu lực đến
fact-in-the-log = trong nhật ký
fact-in-the-signed-tree = trong cây đã ký
fact-index = chỉ số
fact-issued = ban hành
fact-issuer = đơn vị ban hành
fact-judged-again = xét lại
fact-key = khóa
fact-kind = loại
fact-leaf = lá
fact-level = cấp
fact-log-of = nhật ký của
fact-made = tạo lúc
fact-members = thành viên
fact-message = tin
fact-name = tên
fact-nodes = nút
fact-not-proven = chưa chứng minh
fact-not-understood = chưa hiểu
fact-official-code = mã
fact-one-leaf = lá thứ nhất
fact-origin = nơi phát
fact-other-leaf = lá thứ hai
fact-parent = cấp trên
fact-parts = gồm
fact-place = nơi phát hiện
fact-position = vị trí
fact-proof-of-index = bằng chứng của chỉ số
fact-proofs-of-consistency = bằng chứng nhất quán
fact-proofs-of-inclusion = bằng chứng có mặt
fact-proven = được chứng minh
fact-reason = lý do
fact-receipts-up-to-position = biên nhận đến vị trí
fact-recorded = ghi lúc
fact-registrar = đơn vị giữ danh bạ
fact-reported = báo lúc
fact-seen-at = thấy lúc
fact-seq = số trong nguồn tin
fact-served-by = nút làm thay
fact-sha-256 = SHA-256
fact-signatures-checked = chữ ký đã kiểm tra
fact-since-head = từ đầu danh bạ
fact-status = trạng thái
fact-subject = chủ đề
fact-times = số lần
fact-unit = đơn vị
fact-units = đơn vị
fact-units-that-differ = đơn vị khác nhau
fact-urgency = độ khẩn
fact-version = phiên bản
fact-waits-for = chờ
fact-waits-for-confirmation = chờ tỉnh xác nhận
fact-zone = địa bàn
fact-zones = địa bàn
fact-zones-that-differ = địa bàn khác nhau
