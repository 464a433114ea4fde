/// What a bank says of orders that it was sent.
package struct BankStatus: Hashable, Sendable {
  /// What it says it of.
  package enum Level: String, Hashable, Sendable {
    case message, block, payment
  }

  package var place: BankPlace
  package var level: Level
  /// A code of ISO 20022: `RJCT` means that it will not be paid.
  package var code: String
  package var messageId = ""
  package var blockId = ""
  package var endToEndId = ""
  package var instructionId = ""
  package var uetr = ""
  package var reason = ""
  package var information = ""

  package init(place: BankPlace, level: Level, code: String) {
    self.place = place
    self.level = level
    self.code = code
  }

  package var isRejection: Bool { code == "RJCT" }

  /// The bank says that the money has left the payer (`ACSC`), or has reached the partner (`ACCC`).
  package var isSettlement: Bool { code == "ACSC" || code == "ACCC" }
}
