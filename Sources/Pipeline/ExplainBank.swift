import Banking
import Domain
import ExactMoney
import Ledger

/// Tells what became of a payment at the bank, and after that.
struct ExplainBank {
  let open: ExplainWorkspace
  let story: LedgerPaymentStory

  /// - Throws: What the ledger throws.
  func sections() throws -> [Explanation.Section] {
    guard story.payment.paymentMethod == .bankTransfer else { return [] }
    var sections = [try file()]
    let isToldOf = !story.events.isEmpty || !story.statuses.isEmpty
    if isToldOf || !story.otherEntries.isEmpty { sections.append(try told()) }
    if story.event(.returned) != nil || story.event(.rejected) != nil {
      sections.append(try putBack())
    }
    return sections
  }

  /// Whether the bank was sent it.
  private func file() throws -> Explanation.Section {
    var section = Explanation.Section("paymentFiles", "Ordered at the bank")
    let period = story.payment.period
    let files = try open.ledger.paymentFiles(period)
    let approvals = files.map(\.approvals.count) ?? 0
    if files?.leftOut.contains(story.payment.paymentId) == true {
      section.facts = [
        .init(
          "paymentFiles", "payment files", "left out of payments/\(period.text)",
          note: "a bank had told of it before they were written")
      ]
      return section
    }
    section.facts = [
      files == nil
        ? .init("paymentFiles", "payment files", "not written yet")
        : .init(
          "paymentFiles", "payment files", "payments/\(period.text)",
          note: approvals == 0 ? nil : "with \(approvals) approvals")
    ]
    return section
  }

  /// What the bank has said.
  private func told() throws -> Explanation.Section {
    let names = Dictionary(
      uniqueKeysWithValues: try open.ledger.bankFiles().map { ($0.number, $0.name) })
    let entries = try open.ledger.bankEntries()
    var section = Explanation.Section("bank", "What the bank said")
    for status in story.statuses {
      let place = "archive/bank/\(SafeText.shown(names[status.file] ?? "")):\(status.line)"
      section.facts.append(
        .init(
          "settled", "settled, it says", status.code, note: "\(place), recognised by \(status.step)"
        ))
    }
    for event in story.events {
      // A sum may be recognised when a later file has come.
      let file = event.entry.map { entries[$0 - 1].file } ?? event.file
      let place = "archive/bank/\(SafeText.shown(names[file] ?? "")):\(event.line)"
      let note = "\(place), recognised by \(event.step)"
      section.facts.append(
        .init(event.kind.rawValue, Self.label(event.kind), value(event), note: note))
      if let difference = BankDifference(event, story.payment.amount).amount {
        section.facts.append(
          .init(
            "difference", "difference", "\(difference.text) \(difference.currency.code)",
            note: BankDifference(event, story.payment.amount).reason))
      }
    }
    for entry in story.otherEntries {
      let place = "archive/bank/\(SafeText.shown(names[entry.file] ?? "")):\(entry.line)"
      let amount = entry.amount.map { "\($0.text) \($0.currency.code), " } ?? ""
      section.facts.append(
        .init(
          "otherEntry", entry.isDebit ? "left the account besides" : "came in besides",
          amount + entry.day.text, note: "\(place), counts for no payment"))
    }
    return section
  }

  private static func label(_ kind: LedgerPaymentEvent.Kind) -> String {
    switch kind {
    case .booked: "booked"
    case .returned: "came back"
    case .rejected: "rejected"
    }
  }

  private func value(_ event: LedgerPaymentEvent) -> String {
    let reason = event.kind == .booked ? "" : ReturnReason(event.reason).text
    let said = event.information.isEmpty ? "" : "\"\(event.information)\""
    return [event.day?.text ?? "", reason, said].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// Where the amount went after that.
  private func putBack() throws -> Explanation.Section {
    var section = Explanation.Section("putBack", "After that")
    guard let period = story.putBack else {
      let waits = story.returning != nil
      section.facts = [
        .init(
          "putBack", "in the balance",
          waits
            ? "of the open period"
            : "not again: the bank says two things that cannot both be true (B628)")
      ]
      return section
    }
    section.facts = [
      .init(
        "putBack", "in the balance", period.text,
        note: "\(story.gross.text) \(story.gross.currency.code) as \(Adjustment.paymentReturned)")
    ]
    let later = try open.ledger.stories().first { other in
      other.payment.period >= period
        && other.payment.balance.participantId == story.payment.balance.participantId
        && other.payment.balance.program == story.payment.balance.program
    }
    section.facts.append(
      later.map {
        .init(
          "paidAgain", "paid again", $0.payment.paymentId,
          note: "\($0.payment.amount.text) \($0.payment.amount.currency.code) by the close of"
            + " \($0.payment.period.text)")
      } ?? .init("paidAgain", "paid again", "not yet"))
    return section
  }
}
