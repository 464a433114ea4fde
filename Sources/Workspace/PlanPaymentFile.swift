import Domain

/// Reads the `payment` of a plan: what the bank is told of the payments of its program.
enum PlanPaymentFile {
  static func read(_ node: YAMLValue, _ findings: inout FindingList) -> PlanPayment {
    var payment = PlanPayment()
    guard var keys = YAMLReader(node, path: "payment", &findings) else { return payment }
    let purpose = keys.value(
      "purpose", expected: "a purpose code of four capital letters, like COMM", &findings
    ) { text in
      text.utf8.count == 4 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) } ? text : nil
    }
    payment.purpose = purpose ?? ""
    let documents = PlanPayment.Document.allCases.map(\.rawValue).joined(separator: " or ")
    if let document = keys.value(
      "document", expected: documents, &findings,
      { PlanPayment.Document(rawValue: $0) })
    {
      payment.document = document
    }
    payment.daysAfterPeriod = PaymentTermsFile.number(
      "daysAfterPeriod", 0...366, &keys, &findings)
    keys.reportUnknown(&findings)
    return payment
  }
}
