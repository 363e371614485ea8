# The page of an alert.

alert-version = phiên bản { $n }
alert-acknowledge = Tiếp nhận
alert-begin-amend = Bổ sung
alert-begin-withdraw = Thu hồi
alert-begin-hide = Ẩn
alert-begin-erase = Xóa vĩnh viễn
alert-begin-reveal = Thôi ẩn
alert-print = In
alert-erased-at = { $n } nút đã xác nhận xóa
alert-withdrawn = Đã thu hồi
alert-due = Việc đến hạn
alert-facts = Nội dung
alert-hits = Tin phát hiện
alert-who = Đã tiếp nhận
alert-delivery = Đã đến đâu
alert-held = { $n } nơi đã giữ, còn thiếu { $missing }
alert-links = Liên kết
alert-timeline = Diễn biến
alert-versions = Các phiên bản khác nhau ở đâu

add-hit = Báo tin phát hiện
add-answer = Trả lời tin phát hiện
add-conclusion = Báo kết cục
add-flag = Báo không thực hiện được
add-lifting = Báo nay thực hiện được
add-link = Đề nghị liên kết
add-decision = Kết luận về liên kết
add-look = Xem lại trước khi gửi
add-leave = Thôi
add-faults = Chưa gửi được, hãy xem lại các ô sau
add-sent = Nội dung sẽ gửi
add-final = Đã gửi thì không rút lại được.
add-send = Gửi
add-edit = Sửa lại
