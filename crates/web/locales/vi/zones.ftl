# Địa bàn giáp ranh: bản đồ, số lượng, các đơn vị bạn.

zones-title = Địa bàn giáp ranh
zones-period = Tính trong
zones-map = Bản đồ các địa bàn giáp ranh
zones-list = Số lượng theo địa bàn
zones-active = Đang hiệu lực
zones-urgent = Khẩn
zones-changed = Mới, thay đổi
zones-hits = Tin phát hiện
zones-unanswered = Chưa trả lời
zones-newest = Mới nhất
zones-hidden = Thông báo đang ẩn không nằm trong số nào.
zones-told = { $zone }: { $active } thông báo đang hiệu lực, { $urgent } khẩn, { $hits } tin phát hiện
zones-level-0 = không có
zones-level-1 = ít
zones-level-2 = vừa
zones-level-3 = nhiều nhất
zones-drawing = Hình vẽ để tham khảo, không phải ranh giới pháp lý. Côn Đảo vẽ trong khung.
zones-neighbours = Các đơn vị bạn
zones-behind = Nút này chưa chắc đã có đủ nhật ký của chính mình nên chưa ký tin mới.
zones-unit = Đơn vị
zones-heard = Nghe lần cuối
zones-ago = { $x } trước
zones-never = chưa nghe được từ khi khởi động
zones-lacks-here = Ở đây còn thiếu
zones-lacks-there = Bên đó còn thiếu
zones-state = Tình trạng
zones-well = tốt

period-day = 24 giờ
period-week = 7 ngày
period-month = 30 ngày
period-year = 365 ngày

finding-silent = im lặng
finding-skew = đồng hồ lệch quá hai phút
finding-fork = phân nhánh
finding-went-back = lùi về bản cũ
finding-clone = có bản sao đang chạy
finding-refused = tin gần đây bị từ chối
