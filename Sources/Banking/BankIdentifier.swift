/// Ids that banks give back.
enum BankIdentifier {
  /// An id without the words by which banks say that there is none.
  static func read(_ text: String) -> String {
    ["NOTPROVIDED", "NONREF", "NOT PROVIDED"].contains(text.uppercased()) ? "" : text
  }
}
