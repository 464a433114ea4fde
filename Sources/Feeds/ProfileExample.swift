import Domain

/// How a value is to be written by a profile, for people who correct one.
enum ProfileExample {
  /// What to do about a number or date that is written otherwise.
  static func remedy(
    _ field: EarningField, _ profile: FeedProfile, _ flags: ValueFlags
  ) -> String {
    let sign = profile[field]?.sign
    if let sign, flags.contains(.unknownSign) {
      return
        "Write \(sign.shownValues) in the column \(sign.shownColumn), as the profile \(profile.name)"
        + " says."
    }
    if field == .transactionDate {
      let patterns = profile.dates.map { $0 == .iso ? "2026-10-05" : $0.text }
      return "Write the date like \(patterns.joined(separator: " or ")), as the profile"
        + " \(profile.name) says."
    }
    if let sign {
      let plain = profile[field]?.isMinorUnits == true ? "123450" : plain(profile.numbers)
      return
        "Write the number like \(plain), without a sign: the column \(sign.shownColumn) says it,"
        + " as the profile \(profile.name) has it."
    }
    if profile[field]?.isMinorUnits == true {
      return "Write whole minor units, like 123450, as the profile \(profile.name) says."
    }
    return "Write the number like \(number(profile.numbers)), as the profile \(profile.name) says."
  }

  private static func number(_ format: FeedProfile.NumberFormat) -> String {
    let plain = plain(format)
    let forms = FeedProfile.NegativeForm.allCases.filter(format.negatives.contains).map { form in
      switch form {
      case .minus: "-\(plain)"
      case .trailingMinus: "\(plain)-"
      case .parentheses: "(\(plain))"
      }
    }
    return ([plain] + forms).joined(separator: " or ")
  }

  private static func plain(_ format: FeedProfile.NumberFormat) -> String {
    let thousands = String(decoding: format.thousandsMark, as: UTF8.self)
    return "1\(thousands)234\(Character(UnicodeScalar(format.decimalMark)))50"
  }
}

extension FeedProfile.Sign {
  /// What may stand in the column.
  var shownValues: String {
    (positive.sorted() + negative.sorted()).map { SafeText.shown($0) }.joined(separator: " or ")
  }

  /// The column as the profile names it; by number they count from 1.
  var shownColumn: String {
    switch column {
    case .number(let number): String(number + 1)
    case .names(let names): names.map { SafeText.shown($0) }.joined(separator: " or ")
    }
  }
}
