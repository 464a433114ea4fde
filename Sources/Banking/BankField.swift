/// How many characters the fields of bank files have.
enum BankField {
  /// SEPA has 70; the format itself has 140.
  static let name = 70
  static let street = 70
  static let postCode = 16
  static let town = 35
  static let reference = 35
  static let accountNumber = 34
}
