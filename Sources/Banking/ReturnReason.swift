/// Why a bank gave a payment back or has not made it: its code, and our words for it.
package struct ReturnReason: Hashable, Sendable {
  /// As the bank wrote it; empty where it gave none.
  package let code: String
  /// What it means, as the rest of a sentence.
  package let meaning: String
  /// What the payer does about it, a sentence.
  package let remedy: String
  /// Whether the next payment would come back as well: it waits until the registry has changed.
  package let holdsProfile: Bool

  package init(_ code: String) {
    let known = ReturnReason.table[code.uppercased()]
    self.code = code
    meaning =
      known?.meaning ?? (code.isEmpty ? "the bank gives no reason" : "a code of the bank's own")
    remedy = (known?.action ?? .ask).remedy
    holdsProfile = (known?.action ?? .ask).holdsProfile
  }

  /// What is to be done.
  private enum Action {
    case account, masterData, ask, investigate, payer, recorded, stop, again

    var remedy: String {
      switch self {
      case .account: "Ask the partner for the right account and enter it in the registry."
      case .masterData: "Mend name, address or account holder in the registry as the bank has them."
      case .ask: "Ask the bank or the partner for the reason."
      case .investigate: "Find out whether the partner was paid already before it is paid again."
      case .payer: "The payment file was at fault: ask the bank what it refused."
      case .recorded: "Decide with whoever asked for it whether it is to be paid again."
      case .stop: "Pay nothing to this account until the matter is settled."
      case .again: "It is made again by the next close."
      }
    }

    var holdsProfile: Bool {
      switch self {
      case .payer, .again: false
      case .account, .masterData, .ask, .investigate, .recorded, .stop: true
      }
    }
  }

  /// The codes of which there are words, in their order.
  package static var codes: [String] { table.keys.sorted() }

  private static let table: [String: (meaning: String, action: Action)] = [
    "AC01": ("the account number is wrong", .account),
    "AC03": ("the partner's account is not valid", .account),
    "AC04": ("the account is closed", .account),
    "AC06": ("the account is blocked", .account),
    "AG01": ("payments of this kind are not allowed on the account", .ask),
    "AG02": ("the bank does not take payments of this kind", .ask),
    "AM05": ("the bank took it for a payment that was made before", .investigate),
    "AM09": ("the amount is not the right one", .investigate),
    "AM10": ("the control sum of the payment file is wrong", .payer),
    "BE01": ("the name is not that of the account's holder", .masterData),
    "BE04": ("the partner's address is missing", .masterData),
    "BE05": ("the bank does not know the payer or the partner", .masterData),
    "CNOR": ("the partner's bank cannot be reached this way", .account),
    "CUST": ("a customer of the bank asked for it", .recorded),
    "DUPL": ("the bank took it for a payment that was made before", .investigate),
    "FOCR": ("somebody asked to have it back", .recorded),
    "FR01": ("the bank suspects fraud", .stop),
    "FRAD": ("the bank suspects fraud", .stop),
    "MD07": ("the holder of the account has died", .stop),
    "MS02": ("the partner refused it without a reason", .ask),
    "MS03": ("the bank gives no reason", .ask),
    "NARR": ("the bank says why in its text", .ask),
    "R02": ("the account is closed", .account),
    "R03": ("there is no such account", .account),
    "R04": ("the account number is not valid", .account),
    "R06": ("the payer's bank asked to have it back", .recorded),
    "R12": ("the branch belongs to another bank now", .account),
    "R13": ("the routing number is not valid", .account),
    "R14": ("the holder's representative has died", .stop),
    "R15": ("the holder of the account has died", .stop),
    "R16": ("the account is frozen", .account),
    "R17": ("the partner's bank could not work with what the entry says", .account),
    "R20": ("the account takes no payments", .account),
    "R23": ("the partner refused it", .ask),
    "R24": ("the bank took it for a payment that was made before", .investigate),
    "RC01": ("the identifier of the partner's bank is wrong", .account),
    "RC07": ("the BIC of the partner's bank is wrong", .account),
    "RR01": ("what the authorities want to know of the payer's account is missing", .masterData),
    "RR02": ("what the authorities want to know of the payer is missing", .masterData),
    "RR03": ("what the authorities want to know of the partner is missing", .masterData),
    "RR04": ("the authorities do not allow it, or want to know more", .masterData),
    "TM01": ("it came after the bank's cut-off", .again),
  ]

  /// `AC04 (the account is closed)`.
  package var text: String { code.isEmpty ? meaning : "\(code) (\(meaning))" }
}
