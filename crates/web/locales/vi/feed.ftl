# The feed and the list of alerts.

feed-title = Tin mới
feed-pause = Tạm dừng
feed-resume = Tiếp tục nhận tin
feed-test-sound = Thử âm báo
feed-new = { $n } tin mới
feed-zone = Địa bàn
feed-all-zones = Mọi địa bàn của tôi
feed-category = Phân loại
feed-severity = Mức độ
feed-about = Loại tin
feed-about-alerts = Thông báo
feed-about-hits = Tin phát hiện
feed-all = Tất cả
feed-filter = Lọc
feed-unfilter = Bỏ lọc
feed-empty = Chưa có tin nào.
feed-older = Tin cũ hơn
feed-acknowledged = Đã tiếp nhận { $n }/{ $of }
feed-hits = { $n } tin phát hiện
feed-flags = { $n } nơi không thực hiện được

alerts-title = Thông báo
alerts-standing = Hiệu lực
alerts-issuer = Đơn vị ra thông báo
alerts-empty = Không có thông báo nào.
alerts-more = Xem tiếp
alerts-number = Số
alerts-headline = Nội dung
alerts-changed = Thay đổi
alerts-expires = Hết hạn
alerts-zones = Địa bàn
alerts-who = Ai đã nhận

due-title = Việc đến hạn
due-whose = Của ai
due-mine = Của tôi
due-unit = Của đơn vị tôi
due-province = Của cả tỉnh
due-what = Việc
due-empty = Không có việc nào đến hạn.
due-who = Người phải làm
due-escalates = báo cấp trên { $x }
due-open = Mở
due-do = Làm việc này
due-begun = từ
due-until = hạn

notices-title = Tình hình và chỉ đạo
notices-situations = Thông báo tình hình
notices-directives = Chỉ đạo
notices-empty = Không có.
notices-missing = Chưa tiếp nhận
notices-all = Mọi đơn vị đã tiếp nhận
notices-asked-nobody = Không yêu cầu tiếp nhận
