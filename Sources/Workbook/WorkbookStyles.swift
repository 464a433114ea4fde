import CXLSXWriter

/// How the cells of a workbook look.
@safe final class WorkbookStyles {
  typealias Style = UnsafeMutablePointer<lxw_format>

  let id: Style?
  let header: Style?
  let title: Style?
  let count: Style?
  let date: Style?
  /// By the number of decimals, 0 to 14.
  private var amounts: [Style?] = unsafe []

  init(_ workbook: UnsafeMutablePointer<lxw_workbook>) {
    unsafe id = workbook_add_format(workbook)
    unsafe format_set_num_format(id, "@")
    unsafe header = workbook_add_format(workbook)
    unsafe format_set_bold(header)
    unsafe title = workbook_add_format(workbook)
    unsafe format_set_bold(title)
    unsafe format_set_font_size(title, 14)
    unsafe count = workbook_add_format(workbook)
    unsafe format_set_num_format(count, "#,##0")
    unsafe date = workbook_add_format(workbook)
    unsafe format_set_num_format(date, "yyyy\\-mm\\-dd")
    for decimals in 0...14 {
      let style = unsafe workbook_add_format(workbook)
      let fraction = decimals == 0 ? "" : "." + String(repeating: "0", count: decimals)
      unsafe format_set_num_format(style, "#,##0\(fraction);[Red]\\-#,##0\(fraction)")
      unsafe amounts.append(style)
    }
  }

  func amount(decimals: Int) -> Style? { unsafe amounts[min(decimals, 14)] }
}
