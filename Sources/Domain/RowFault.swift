/// An error of one row: what, and of which field.
package struct RowFault: Hashable, Sendable {
  package var row: Int32
  package var code: FindingCode
  package var field: EarningField?

  package init(row: Int, code: FindingCode, field: EarningField?) {
    self.row = Int32(row)
    self.code = code
    self.field = field
  }
}
