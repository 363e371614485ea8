# The account page.

account-title = Tài khoản của tôi
account-who = Cán bộ
account-unit = Đơn vị
account-roles = Quyền
account-session = Phiên kết thúc lúc
account-habits = Cách hiển thị trên máy này
account-theme = Nền
account-theme-system = Theo máy
account-theme-light = Sáng
account-theme-dark = Tối (ban đêm)
account-keys = Phím tắt
account-on = Bật
account-off = Tắt
account-sound = Âm báo tin khẩn
account-language = Ngôn ngữ
account-keep = Lưu
account-password = Đổi mật khẩu
account-password-hint = Đổi xong phải đăng nhập lại ở mọi máy; các mã truy cập cũng hết hiệu lực.
account-password-must = Phải đổi mật khẩu trước khi dùng.
account-old = Mật khẩu hiện tại
account-new = Mật khẩu mới (ít nhất 12 ký tự)
account-again = Nhập lại mật khẩu mới
