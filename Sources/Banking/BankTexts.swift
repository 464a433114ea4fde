import Domain

/// Writes names and addresses in the characters of banks; every change is a finding.
struct BankTexts: Sendable {
  private(set) var findings: FindingLog

  init(findingsMax: Int) {
    findings = FindingLog(limit: findingsMax)
  }

  /// Says what happens to the texts of the payer.
  mutating func check(_ payer: Payer) {
    for (field, text, max) in [
      ("payer.name", payer.name, BankField.name), ("payer.street", payer.street, BankField.street),
      ("payer.postCode", payer.postCode, BankField.postCode),
      ("payer.town", payer.town, BankField.town), ("payer.id", payer.id, BankField.reference),
    ] {
      note(BankText(text, max: max), max, (RegistryPlace.configuration, field), nil)
    }
    if let account = payer.achAccount { check(ach: payer, account) }
  }

  /// Files for banks in the United States have less room.
  private mutating func check(ach payer: Payer, _ account: PayerAccount) {
    let bankName = BankText(account.bankName, max: ACHRecord.bankNameMax)
    note(
      bankName, ACHRecord.bankNameMax, (RegistryPlace.configuration, "payer.accounts.bankName"), nil
    )
    guard BankText(payer.name, max: .max).text.utf8.count > ACHRecord.companyNameMax else { return }
    add(
      .B602, nil, (RegistryPlace.configuration, "payer.name"),
      "payer.name: the file for banks in the United States has the first"
        + " \(ACHRecord.companyNameMax) characters", FindingCode.B602.remedy)
  }

  /// A payment for a credit transfer; nil if its account holder has no readable name.
  mutating func write(_ order: PaymentOrder, isSEPA: Bool) -> BankOrder? {
    guard let name = name(order, BankField.name) else { return nil }
    let town = BankText(order.town, max: BankField.town)
    guard town.isReadable else {
      // Only inside SEPA: others are not sent without a town.
      add(
        .B603, order, (RegistryPlace.partners, "town"),
        "payment \(order.paymentId) is made without the partner's address: it has no town",
        FindingCode.B603.remedy)
      return bankOrder(order, name, "", "", "")
    }
    note(town, BankField.town, (RegistryPlace.partners, "town"), order)
    return bankOrder(
      order, name, part(order.street, BankField.street, "street", order),
      part(order.postCode, BankField.postCode, "postCode", order), town.text)
  }

  /// A part of an address; empty where nobody could read it.
  private mutating func part(
    _ text: String, _ max: Int, _ field: String, _ order: PaymentOrder
  ) -> String {
    let written = BankText(text, max: max)
    if text.isEmpty || written.isReadable {
      note(written, max, (RegistryPlace.partners, field), order)
      return written.text
    }
    add(
      .B603, order, (RegistryPlace.partners, field),
      "\(field) of payment \(order.paymentId) is left out: it cannot be written in the characters"
        + " of banks", "Write it in Latin letters; it counts from the next close on.")
    return ""
  }

  /// A payment for an ACH file; nil if its account holder has no readable name.
  mutating func write(ach order: PaymentOrder) -> BankOrder? {
    guard let name = name(order, ACHRecord.nameMax) else { return nil }
    return bankOrder(order, name, "", "", "")
  }

  private func bankOrder(
    _ order: PaymentOrder, _ name: String, _ street: String, _ postCode: String, _ town: String
  ) -> BankOrder {
    BankOrder(
      order: order, name: name, street: street, postCode: postCode, town: town,
      documentNumber: documentNumber(order))
  }

  /// The number of the document, or the paymentId where it does not fit.
  private func documentNumber(_ order: PaymentOrder) -> String {
    let number = BankText(order.documentNumber, max: BankField.reference)
    let isWhole = number.replaced == 0 && number.lost == 0 && !number.isShortened
    return isWhole && number.text == order.documentNumber && number.text == number.reference
      ? number.text : order.paymentId
  }

  private mutating func name(_ order: PaymentOrder, _ max: Int) -> String? {
    let name = BankText(order.accountHolder, max: max)
    guard name.isReadable else { return nil }
    let isPartner = order.accountHolder == order.participantName
    let place =
      isPartner ? (RegistryPlace.partners, "name") : (RegistryPlace.profiles, "accountHolder")
    note(name, max, place, order)
    return name.text
  }

  // MARK: Findings

  private mutating func note(
    _ text: BankText, _ max: Int, _ place: (file: String, field: String), _ order: PaymentOrder?
  ) {
    let of = order.map { " of payment \($0.paymentId)" } ?? ""
    if text.replaced + text.lost > 0 {
      let lost = text.lost == 0 ? "" : ", of which \(text.lost) as dots, as they have no others"
      add(
        .B601, order, place,
        "\(place.field)\(of): characters written by others in the bank file:"
          + " \(text.replaced + text.lost)\(lost)",
        order == nil ? BankTexts.payerRemedy : FindingCode.B601.remedy)
    }
    if text.isShortened {
      add(
        .B602, order, place,
        "\(place.field)\(of): the bank file has the first \(max) characters",
        order == nil ? BankTexts.payerRemedy : FindingCode.B602.remedy)
    }
  }

  private static let payerRemedy =
    "If the bank knows the payer by another spelling, write that in payout.yaml before the next"
    + " close."

  mutating func add(
    _ code: FindingCode, _ order: PaymentOrder?, _ place: (file: String, field: String),
    _ message: @autoclosure () -> String, _ remedy: @autoclosure () -> String
  ) {
    guard findings.count(code) else { return }
    var finding = Finding(
      code, feed: place.file, field: place.field, message: message(), remedy: remedy())
    finding.participantId = order.map { SafeText.shown($0.participantId) } ?? ""
    findings.list(finding)
  }
}
