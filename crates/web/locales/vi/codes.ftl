# What codes mean. One that is newer than the program is shown as it is.

category-wanted-person = Truy nã
category-travelling-offender = Đối tượng lưu động
category-vehicle = Phương tiện
category-object = Đồ vật, tài sản
category-identifier = Số điện thoại, tài khoản
category-modus-operandi = Phương thức, thủ đoạn
category-situation-notice = Tình hình
category-directive = Chỉ đạo

severity-routine = Thường
severity-important = Quan trọng
severity-critical = Khẩn

action-arrest = Bắt giữ
action-locate = Xác định nơi ở
action-observe = Theo dõi kín đáo
action-seize = Thu giữ
action-check = Kiểm tra
action-inform = Báo tin

warning-armed = Có vũ khí
warning-violent = Hung hãn
warning-health = Vấn đề sức khỏe
warning-flight-risk = Dễ bỏ trốn

ground-wanted-decision = Quyết định truy nã
ground-case-decision = Quyết định khởi tố vụ án
ground-verification-request = Yêu cầu xác minh
ground-directive = Văn bản chỉ đạo

wanted-ordinary = Truy nã thường
wanted-special = Truy nã đặc biệt

sex-male = Nam
sex-female = Nữ
sex-unknown = Chưa rõ

withdrawal-executed = Đã bắt
withdrawal-surrendered = Đầu thú
withdrawal-died = Đã chết
sealed-waiting = Niêm phong: đang chờ khóa của thông báo này
sealed-altered = Niêm phong: nội dung không mở được bằng khóa của nó
sealed-erased = Nội dung đã xóa
no-key-asked = Đã hỏi khóa; khóa tự về ngay khi liên lạc được với một đơn vị đang giữ. Nếu gấp, gọi đơn vị phát hành.
no-key-not-entitled = Đơn vị này không còn thuộc địa bàn nào của thông báo nên không ai được cấp khóa.
no-key-not-enrolled = Danh bạ chưa có khóa niêm phong của nút này nên không ai cấp khóa được. Quản trị viên gửi tệp của giapranh node request cho nơi giữ danh bạ.
erasure-no-longer-needed = Không còn cần thiết
erasure-unlawful = Thu thập, sử dụng trái pháp luật
erasure-court-order = Theo quyết định của tòa án, cơ quan giám sát
erasure-subject-request = Theo yêu cầu của người có dữ liệu
erasure-wrong-person = Nhầm người
withdrawal-limitation-passed = Hết thời hiệu
withdrawal-revoked = Quyết định bị hủy
withdrawal-error = Sai sót
withdrawal-wrong-person = Nhầm người

certainty-certain = Chắc chắn
certainty-probable = Nhiều khả năng
certainty-possible = Có thể

urgency-routine = Thường
urgency-urgent = Khẩn

answer-same = Đúng đối tượng
answer-not-same = Không phải
answer-need-time = Cần thêm thời gian

draft-writing = Đang soạn
draft-waiting = Chờ duyệt
draft-returned = Bị trả lại
draft-released = Đã duyệt
draft-discarded = Đã bỏ

outcome-arrested = Đã bắt
outcome-handed-over = Đã bàn giao
outcome-gone = Đã rời đi
outcome-let-go = Đã cho đi

relation-same-person = Cùng một người
relation-same-series = Cùng chuỗi vụ
relation-same-vehicle = Cùng phương tiện

link-confirmed = Đã xác nhận
link-proposed = Đề nghị
link-rejected = Đã bác

duty-approve = Duyệt dự thảo
duty-acknowledge = Tiếp nhận
duty-answer-hit = Trả lời tin phát hiện
duty-withdraw = Thu hồi sau khi bắt
duty-review = Rà soát

stage-begun = Đang chờ
stage-due = Quá hạn
stage-escalated = Đã báo cấp trên

role-duty = Trực ban
role-issuer = Cán bộ soạn
role-approver = Lãnh đạo duyệt
role-lead = Cụm trưởng
role-auditor = Kiểm tra
role-administrator = Quản trị

level-province = Cấp tỉnh
level-district = Cấp huyện
level-commune = Cấp xã

standing-awaited = Chưa nhận đủ
standing-active = Đang hiệu lực
standing-hidden = Đang ẩn
standing-expired = Hết hạn
standing-withdrawn = Đã thu hồi

verdict-late = Đến muộn, chưa có hiệu lực
verdict-disowned = Không có thẩm quyền
verdict-waiting = Chờ danh bạ
verdict-unreadable = Chưa đọc được
verdict-unknown = Chưa rõ hiệu lực

kind-unknown = Loại tin chưa biết
kind-alert-issued = Thông báo
kind-alert-issued-wanted-person = Thông báo truy nã
kind-alert-issued-travelling-offender = Thông báo đối tượng lưu động
kind-alert-issued-vehicle = Thông báo phương tiện
kind-alert-issued-object = Thông báo đồ vật, tài sản
kind-alert-issued-identifier = Thông báo số điện thoại, tài khoản
kind-alert-issued-modus-operandi = Thông báo phương thức, thủ đoạn
kind-alert-issued-situation-notice = Thông báo tình hình
kind-alert-issued-directive = Chỉ đạo
kind-alert-amended = Bổ sung
kind-alert-withdrawn = Thu hồi
kind-alert-withdrawn-wanted-person = Thu hồi (đình nã)
kind-alert-hidden = Ẩn thông báo
kind-alert-erased = Xóa nội dung thông báo
kind-erasure-confirmed = Xác nhận đã xóa
kind-search-asked = Nội dung tra cứu
kind-access-noted = Lượt xem
kind-key-held = Nhận khóa
kind-keys-destroyed = Hủy khóa
kind-alert-revealed = Thôi ẩn thông báo
kind-alert-acknowledged = Đã tiếp nhận
kind-alert-flagged = Không thực hiện được
kind-hit-reported = Tin phát hiện
kind-hit-answered = Trả lời tin phát hiện
kind-hit-concluded = Kết cục tin phát hiện
kind-link-proposed = Đề nghị liên kết thông báo
kind-link-decided = Quyết định về liên kết
kind-draft-saved = Lưu dự thảo
kind-draft-submitted = Trình duyệt dự thảo
kind-draft-returned = Trả lại dự thảo
kind-draft-discarded = Bỏ dự thảo
kind-due-noted = Đã nhắc việc đến hạn
kind-purpose-stated = Nêu mục đích tra cứu
kind-directory-changed = Danh bạ thay đổi
kind-enrolment-confirmed = Xác nhận ghi danh nút
kind-zone-requested = Đề nghị vào địa bàn
kind-node-closed = Nút đóng
kind-delivery-noted = Ghi nhận đã đến
kind-fork-found = Phát hiện nhật ký phân nhánh
kind-fork-decided = Quyết định về phân nhánh
kind-events-adopted = Thừa nhận tin đến muộn

zone-cluster = Toàn cụm
zone-directory = Danh bạ
zone-local = Nội bộ nút này

access-view = xem
access-list = danh sách
access-search = tra cứu
access-export = kết xuất khóa
access-said = đọc nội dung đã nêu, đã gõ
access-from-console = bảng trực ban
access-from-api = API
access-from-socket = dòng lệnh
unusual-many-subjects = rất nhiều trong một giờ
unusual-night = ban đêm
unusual-own-name = tra cứu tên của chính mình

purpose-report = Xác minh tin báo, tố giác
purpose-patrol = Kiểm tra khi tuần tra, kiểm soát
purpose-pursuit = Truy bắt đối tượng truy nã
purpose-case = Điều tra vụ án, vụ việc
purpose-custody = Đối chiếu người đang bị giữ
purpose-inspection = Thanh tra, kiểm tra nội bộ
