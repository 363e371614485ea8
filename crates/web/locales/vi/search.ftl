# Tra cứu.

search-title = Tra cứu
search-box = Tên, biển số, số điện thoại, tài khoản, từ bất kỳ
search-year = Năm sinh
search-sex = Giới tính
search-place = Nơi ở, nơi xuất hiện
search-number = Số thông báo
search-born = sinh { $x }
search-purpose-stated = Mục đích của phiên đã được ghi lúc
search-purpose-title = Tra cứu để làm gì?
search-purpose-why = Hỏi một lần cho mỗi phiên đăng nhập. Mục đích được ghi vào nhật ký của đơn vị để kiểm tra sau này. Mỗi lượt tra cứu cũng được ghi, niêm phong.
search-purpose-of = Mục đích
search-purpose-usual = Chọn, hoặc gõ bên dưới
search-purpose-hint = Ví dụ: xác minh tin báo của người dân về đối tượng lạ ở bến xe.
search-case = Số hồ sơ, vụ việc (nếu có)
search-purpose-go = Tiếp tục tra cứu
search-hint = Gõ như người dân nói hoặc như giấy tờ ghi: không cần dấu, không cần đúng thứ tự; ký tự không đọc được thì gõ dấu hỏi.
search-nothing = Không tìm thấy. Thử bớt từ, gõ không dấu, hoặc gõ bốn số cuối.
search-nothing-narrowed = Không tìm thấy. Thử bỏ bớt điều kiện lọc.
search-too-many = Còn nhiều nữa: hãy thu hẹp bằng năm sinh, giới tính, nơi ở hoặc loại thông báo.

how-exact = đúng như đã gõ
how-same-number = cùng số, viết khác
how-spelling = viết khác dấu
how-marks = khác dấu
how-order = khác thứ tự
how-unread = có ký tự không đọc được
how-order-marks = khác thứ tự, khác dấu
how-within = là một phần
how-within-marks = là một phần, khác dấu
how-part = đầu hoặc cuối của số
how-one-off = lệch một ký tự
how-word-more = thừa một từ
how-within-one-off = là một phần, lệch một ký tự
how-words = có các từ này
