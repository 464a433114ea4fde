/// Why no file can hold a payment.
package enum UnsentReason: String, CaseIterable, Sendable {
  case name, bic, town, amount, accountNumber, usAccount, fileFull
  /// A bank told of it before its file was written: it may have been paid by hand, or is the
  /// partner's again. Always the only one.
  case toldBefore

  /// A sentence without its full stop.
  package var what: String {
    switch self {
    case .name: "the name of the account holder cannot be written in the characters of banks"
    case .bic: "the account is outside SEPA, and the bic of its bank is missing or is none"
    case .town: "the account is outside SEPA, and the partner has no town that can be written"
    case .amount: "the amount is larger than its bank file can hold"
    case .accountNumber:
      "the account number is too long for its bank file, or has more than letters and digits"
    case .usAccount:
      "the account is in the United States, and no account of the payer has a routingNumber"
    case .fileFull: "the file for banks in the United States is full"
    case .toldBefore: "the bank told of it before its payment file was written"
    }
  }

  /// What to do about a payment that has these reasons.
  package static func remedy(_ reasons: [UnsentReason]) -> String {
    if reasons == [.toldBefore] {
      return "Pay nothing: payout explain with the paymentId says what became of it."
    }
    let steps = reasons.map(\.step).joined(separator: ", and ")
    return "Pay it by hand, with its paymentId as reference; for the next period \(steps)."
  }

  private var step: String {
    switch self {
    case .name:
      "write accountHolder in \(place.file) in Latin letters, as the bank has it"
    case .bic: "fill in the bic in \(place.file)"
    case .town: "write the town in \(place.file) in Latin letters"
    case .accountNumber: "correct the accountNumber in \(place.file)"
    case .amount: "ask the bank how it takes a payment of this size"
    case .usAccount:
      "add an account with a routingNumber to \(place.field) in \(place.file), or the bic of the"
        + " partner's bank in \(RegistryPlace.profiles)"
    case .fileFull: "ask the bank how it takes more payments than one file holds"
    case .toldBefore: "change nothing"
    }
  }

  /// The file and the column to mend.
  var place: (file: String, field: String) {
    switch self {
    case .name: (RegistryPlace.profiles, "accountHolder")
    case .bic: (RegistryPlace.profiles, "bic")
    case .town: (RegistryPlace.partners, "town")
    case .amount, .fileFull: ("", "amount")
    case .toldBefore: ("", "paymentId")
    case .usAccount: (RegistryPlace.configuration, "payer.accounts")
    case .accountNumber: (RegistryPlace.profiles, "accountNumber")
    }
  }
}
