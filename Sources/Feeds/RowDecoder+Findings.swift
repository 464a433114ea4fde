package import Domain

/// What a decoder says of values that cannot be read.
extension RowDecoder {
  static let digitsMessage = "at most 18 digits before the point and 12 after it"

  func reject(
    _ code: FindingCode, _ row: Int, _ field: EarningField, _ batch: inout EarningBatch,
    _ findings: inout FindingLog, expected: () -> String
  ) {
    batch.flags[row].insert(.rejected)
    batch.faults.append(RowFault(row: row, code: code, field: field))
    guard findings.count(code) else { return }
    let message = expectation(code, field, expected())
    var finding = rowFinding(code, batch, row, field: field, message: message)
    let text = batch.texts[row * EarningBatch.fieldCount + field.rawValue]
    if text.flags.contains(.otherwiseWritten), let profile = feed.profile {
      finding.remedy = ProfileExample.remedy(field, profile, text.flags)
    }
    findings.list(finding)
  }

  private func expectation(
    _ code: FindingCode, _ field: EarningField, _ text: String
  ) -> String {
    code == .R201 || text.hasPrefix("is missing")
      ? "\(field.name) \(text)" : "\(field.name): expected \(text)"
  }

  func malformedMessage(_ batch: EarningBatch) -> String {
    batch.hasRecords
      ? "the record has another number of values than the header has columns"
      : "an earning holds each known element at most once, with text only"
  }

  /// A finding about a row of the batch, with its place and ids.
  package func rowFinding(
    _ code: FindingCode, _ batch: EarningBatch, _ row: Int, field: EarningField? = nil,
    atRecord: Bool = false, message: String
  ) -> Finding {
    RowFinding.make(
      code, feed: feed.name, batch, row, field: field, atRecord: atRecord, message: message)
  }

  func textMessage(
    _ code: FindingCode, _ field: EarningField?, _ flags: ValueFlags = []
  ) -> String {
    if flags.contains(.unknownSign), let field, let sign = feed.profile?[field]?.sign {
      return "\(sign.shownValues) as its sign, in the column \(sign.shownColumn)"
    }
    return switch code {
    case .R202: "a date as the profile \(feed.profile?.name ?? "") says, read in one way only"
    case .R203: "a number as the profile \(feed.profile?.name ?? "") says"
    case .R218: "quotes around the whole value or none, and each quote in it doubled"
    case .R214:
      field == .earningId || field == .participantId
        ? "at most \(EarningLimits.idBytesMax) bytes" : "at most \(feed.limits.field) bytes"
    default:
      field?.isIdentifier == true
        ? "no control characters, tabs or line breaks" : "no control characters"
    }
  }
}
