package import Domain

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
  package func text(_ word: StatementWord, _ values: [StatementSlot: String] = [:]) -> String {
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
  package func text(of status: PaymentStatus) -> String {
    switch status {
    case .upcoming: text(.upcoming)
    case .inProgress: text(.inProgress)
    case .onHold: text(.onHold)
    case .nothingDue: text(.nothingDue)
    }
  }

  package func text(of type: EarningType) -> String {
    switch type {
    case .rebate: text(.rebate)
    case .coop: text(.coopType)
    case .fee: text(.fee)
    case .sell: text(.sell)
    case .adjustment: text(.adjustmentType)
    }
  }

  package func text(of kind: StatementBridgeStep.Kind) -> String {
    switch kind {
    case .opening: text(.opening)
    case .earnings: text(.earnings)
    case .coop: text(.coop)
    case .adjustments: text(.adjustments)
    case .gross: text(.gross)
    case .closing: text(.closing)
    }
  }

  package func text(of kind: StatementTax.Kind) -> String {
    switch kind {
    case .salesTax: text(.salesTax)
    case .withheldTax: text(.withheldTax)
    }
  }

  /// How a payment is made; empty where nobody has said.
  package func text(of payment: StatementPayment) -> String {
    switch payment.method {
    case .bankTransfer where payment.accountEnding.isEmpty: text(.bankTransfer)
    case .bankTransfer: text(.bankTransferTo, [.ending: payment.accountEnding])
    case .creditNote: text(.creditNote)
    case nil: ""
    }
  }

  /// The reason code of an adjustment; the payer's own words but for the program's one.
  package func reason(of posted: PostedAdjustment) -> String {
    posted.isCurrencyChange ? text(.currencyChange) : posted.adjustment.reasonCode
  }

  /// What a term of the glossary is called, and what it means.
  package func text(of term: StatementTerm) -> (term: String, meaning: String) {
    let (word, meaning): (StatementWord, StatementWord) =
      switch term {
      case .opening: (.opening, .openingMeaning)
      case .earnings: (.earnings, .earningsMeaning)
      case .coop: (.coopType, .coopMeaning)
      case .adjustment: (.adjustments, .adjustmentMeaning)
      case .gross: (.gross, .grossMeaning)
      case .salesTax: (.salesTax, .salesTaxMeaning)
      case .withheldTax: (.withheldTax, .withheldTaxMeaning)
      case .payment: (.payment, .paymentMeaning)
      case .closing: (.closing, .closingMeaning)
      case .lever: (.lever, .leverMeaning)
      case .tier: (.tierTerm, .tierMeaning)
      case .cap: (.capTerm, .capMeaning)
      case .ineligible: (.ineligibleTerm, .ineligibleMeaning)
      case .hold: (.holdTerm, .holdMeaning)
      case .exchangeRate: (.exchangeRate, .exchangeRateMeaning)
      }
    return (text(word), text(meaning))
  }

  /// Why an earning does not count or a payment is on hold, and what to do about it.
  ///
  /// - Parameter code: E301 to E305 or H501 to H508; other codes have no text here.
  package func text(of code: FindingCode) -> (reason: String, remedy: String) {
    let (reason, remedy): (StatementWord, StatementWord)
    switch code {
    case .E301: (reason, remedy) = (.e301, .e301Remedy)
    case .E302: (reason, remedy) = (.e302, .e302Remedy)
    case .E303: (reason, remedy) = (.e303, .e303Remedy)
    case .E304: (reason, remedy) = (.e304, .e304Remedy)
    case .E305: (reason, remedy) = (.e305, .e305Remedy)
    case .H501: (reason, remedy) = (.h501, .h501Remedy)
    case .H502: (reason, remedy) = (.h502, .h502Remedy)
    case .H503: (reason, remedy) = (.h503, .h503Remedy)
    case .H504: (reason, remedy) = (.h504, .h504Remedy)
    case .H505: (reason, remedy) = (.h505, .h505Remedy)
    case .H506: (reason, remedy) = (.h506, .h506Remedy)
    case .H507: (reason, remedy) = (.h507, .h507Remedy)
    case .H508: (reason, remedy) = (.h508, .h508Remedy)
    default: preconditionFailure("\(code.rawValue) is no reason on a statement")
    }
    return (text(reason), text(remedy))
  }
}
