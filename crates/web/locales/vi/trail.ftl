# Ai đã xem gì.

trail-title = Lượt xem
trail-what = Mỗi lần có người được xem nội dung thông báo ở nút này đều được ghi trước khi hiển thị. Cán bộ được nêu bằng mã số.
trail-alert = Số thông báo
trail-officer = Cán bộ
trail-unusual = Cần xem lại (7 ngày qua)
trail-nothing-unusual = Không có gì bất thường.
trail-subjects = { $n } thông báo
trail-empty = Chưa có lượt xem nào như vậy.
trail-when = Lúc
trail-act = Cách xem
trail-shown = Thông báo
trail-more = và { $n } thông báo khác
trail-said = Đã nêu, đã gõ
trail-purpose = mục đích
trail-typed = nội dung đã gõ
trail-nobody = nút chưa có tài khoản
trail-erased = Nội dung này đã xóa: đã hết thời hạn, hoặc thông báo tìm thấy đã bị xóa.
trail-noted = Việc đọc nội dung này cũng được ghi lại.
