package import Domain
import ExactMoney

/// The texts of statements in one language, as the program has them or as a workspace says.
package struct StatementTexts: Sendable {
  package let language: StatementLanguage
  /// By ``StatementWord/rawValue``.
  private var phrases: [StatementPhrase]

  /// The program's own.
  package init(_ language: StatementLanguage) {
    self.language = language
    phrases = StatementWord.allCases.map { word in
      let text =
        switch language {
        case .english: word.english
        case .korean: word.korean
        }
      guard let phrase = StatementPhrase(text) else {
        preconditionFailure("the text of \(word.name) has a slot that does not exist")
      }
      return phrase
    }
  }

  /// A text, with values for its slots where it has any.
  package func text(_ word: StatementWord, _ values: KeyValuePairs<StatementSlot, String> = [:])
    -> String
  {
    phrases[word.rawValue].filled(values)
  }

  /// Puts another text into the place of a word's own.
  package mutating func replace(_ word: StatementWord, by phrase: StatementPhrase) {
    phrases[word.rawValue] = phrase
  }

  /// The slots that a word's text may use: those of the program's own in English.
  package static func slots(of word: StatementWord) -> Set<StatementSlot> {
    StatementPhrase(word.english)?.slots ?? []
  }
}

// MARK: What a document has, in words

extension StatementTexts {
  /// How a payment is made; empty where nobody has said.
  package func text(of payment: StatementPayment) -> String {
    payment.word.map { text($0, [.ending: payment.accountEnding]) } ?? ""
  }

  /// When a payment is made; empty where nothing is paid.
  ///
  /// - Parameter isFixed: Whether the date stands; until then it is what is expected.
  package func date(
    of payment: StatementPayment, isFixed: Bool, _ format: StatementFormat
  ) -> String {
    if payment.total.isZero { return "" }
    guard let day = payment.date else { return text(.openDate) }
    return date(day, isFixed: isFixed, format)
  }

  /// A day on which something is paid.
  package func date(_ day: Day, isFixed: Bool, _ format: StatementFormat) -> String {
    text(isFixed ? .paymentDate : .expectedDate, [.date: format.text(day)])
  }

  /// How many lines only the CSV has; empty where it is none.
  package func hidden(_ hidden: Int, of all: Int, in file: String, _ format: StatementFormat)
    -> String
  {
    guard hidden > 0 else { return "" }
    let word: StatementWord = hidden == all ? .allInFile : hidden == 1 ? .oneMore : .more
    return text(word, [.count: format.text(hidden), .file: file])
  }

  /// What an adjustment is called: its id, where it has one.
  package func name(of posted: PostedAdjustment) -> String {
    posted.isCurrencyChange ? text(.currencyChange) : posted.adjustment.adjustmentId
  }

  /// Why there is an adjustment: the payer's own words, or those for a payment that came back with
  /// the bank's code; empty where the name says it.
  package func reason(of posted: PostedAdjustment) -> String {
    if posted.isCurrencyChange { return "" }
    let code = posted.adjustment.reasonCode
    guard posted.adjustment.isReturn else { return code }
    return text(.paymentReturned) + code.dropFirst(Adjustment.paymentReturned.count)
  }
}
