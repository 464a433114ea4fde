import Domain
import ExactMoney
import Workbook

extension ReconciliationColumns {
  static let bank = [
    WorkbookColumn("currency", .text, width: 10), WorkbookColumn("line", .text, width: 14),
    WorkbookColumn("age", .text, width: 12), WorkbookColumn("payments", .count, width: 10),
    WorkbookColumn("amount", .amount, width: 18),
  ]

  static let bankPayments = [
    WorkbookColumn("paymentId", .id, width: 31), WorkbookColumn("participantId", .id, width: 14),
    WorkbookColumn("programName", .text, width: 26), WorkbookColumn("period", .text, width: 10),
    WorkbookColumn("currency", .text, width: 10), WorkbookColumn("amount", .amount, width: 15),
    WorkbookColumn("executionDate", .date, width: 14), WorkbookColumn("state", .text, width: 14),
    WorkbookColumn("age", .text, width: 12), WorkbookColumn("bookedOn", .date, width: 12),
    WorkbookColumn("returnedOn", .date, width: 12),
    WorkbookColumn("difference", .amount, width: 12), WorkbookColumn("reason", .text, width: 48),
    WorkbookColumn("remedy", .text, width: 60), WorkbookColumn("putBackIn", .text, width: 10),
  ]
}

/// The sheets about payments at the bank; only where files of banks were reconciled.
struct BankSheets {
  let lines: WorkbookSheet
  let payments: WorkbookSheet

  func add(_ bank: BankFacts) {
    for (currency, all) in bank.lines {
      // What is left is no line of the table: it is what its lines come to.
      for line in all where line.name != "rest" { add(line, currency) }
    }
    for payment in bank.payments { add(payment) }
  }

  private func add(_ line: BankFacts.Line, _ currency: Currency) {
    guard lines.beginRow() else { return }
    lines.put(currency.code)
    lines.put(line.name)
    lines.put(line.age)
    lines.put(line.payments)
    lines.put(line.amount)
  }

  private func add(_ payment: BankFacts.Payment) {
    guard payments.beginRow() else { return }
    payments.put(payment.paymentId)
    payments.put(payment.participantId)
    payments.put(payment.programName)
    payments.put(payment.period.text)
    payments.put(payment.amount.currency.code)
    payments.put(payment.amount)
    put(payment.executionDay)
    payments.put(payment.state)
    payments.put(payment.age)
    put(payment.bookedOn)
    put(payment.returnedOn)
    if let difference = payment.difference { payments.put(difference) } else { payments.skip() }
    payments.put(payment.reason)
    payments.put(payment.remedy)
    payments.put(payment.putBackIn?.text ?? "")
  }

  private func put(_ day: Day?) {
    if let day { payments.put(day: day.number, day.text) } else { payments.skip() }
  }
}

extension ReconciliationSummary {
  /// What was issued, and all that became of it, come to nothing.
  func writeBankChecks() {
    guard let bank = facts.bank, let sheets = book.bank else { return }
    row {
      sheet.putHeader("Checks of payments at the bank: each must show 0")
      for (currency, _) in bank.lines { sheet.putHeader(currency.code) }
    }
    row {
      sheet.put("issued − booked, back, rejected and open, up to \(bank.asOf.text)")
      for (currency, lines) in bank.lines {
        let rest = lines.last?.amount ?? .zero(currency)
        if bank.magnitude(currency) < Self.exactMax, sheets.lines.leftOut == 0 {
          let sum = total(sheets.lines, "amount", currency)
          sheet.putSum("ROUND(\(sum),\(currency.minorDigits))", result: rest)
        } else {
          sheet.put("\(rest.text), see below")
        }
      }
    }
    row {
      sheet.put("moved on the accounts − differences − booked and not back")
      for (_, side) in bank.sides { sheet.put(side.rest) }
    }
    row {}
  }
}
