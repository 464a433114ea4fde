/// The sentences of statements in English.
extension StatementWord {
  /// Empty for a word that is no sentence.
  var englishSentence: String {
    switch self {
    case .e301:
      "No valid agreement on the day of the sale"
    case .e302:
      "Competency missing or too low on the day of the sale"
    case .e303:
      "Not enrolled in the program on the day of the sale"
    case .e304:
      "Tax or payment profile not completed by the day of the sale"
    case .e305:
      "Sale from before you were paid through this system"
    case .e301Remedy:
      "Sign or renew the agreement that the program asks for. If it was valid on that day, send us proof by the date shown."
    case .e302Remedy:
      "Attain or renew the competency. If you held it on that day, send us proof by the date shown."
    case .e303Remedy:
      "Accept the invitation and complete the enrollment; it counts from the first of that month. If you were enrolled, tell us by the date shown."
    case .e304Remedy:
      "Complete your tax profile and your payment profile. If both were complete in that month, tell us by the date shown."
    case .e305Remedy:
      "The system used before should have paid it. If it did not, tell us by the date shown."
    case .h501:
      "Your participation is suspended or has ended"
    case .h502:
      "You are not enrolled in the program"
    case .h503:
      "Your tax profile is missing, not valid or expired"
    case .h504:
      "Your payment profile is missing or cannot be paid to"
    case .h505:
      "Payments to you are stopped"
    case .h506:
      "The balance is below the smallest payment"
    case .h507:
      "The balance is negative"
    case .h508:
      "An exchange rate is missing"
    case .h509:
      "The bank returned the last payment to this account"
    case .h501Remedy:
      "Contact us. When the matter is settled, the balance is paid with the next month."
    case .h502Remedy:
      "Complete the enrollment; the balance is then paid with the next month."
    case .h503Remedy:
      "Complete or renew your tax profile; the balance is then paid with the next month."
    case .h504Remedy:
      "Complete your payment profile or correct your bank details; the balance is then paid with the next month."
    case .h505Remedy:
      "Contact us to find out why; when that is settled, the balance is paid."
    case .h506Remedy:
      "You need not do anything: the balance is carried forward and paid when it is large enough."
    case .h507Remedy:
      "You need not do anything: later earnings are set off against it first."
    case .h508Remedy:
      "We add the rate before the month is closed; you need not do anything."
    case .h509Remedy:
      "Check your bank details and your name and address, and tell us what is to be changed; the balance is then paid with the next month."
    case .openingMeaning:
      "What we owed you when the month began; negative if too much was paid before."
    case .earningsMeaning:
      "What your sales earned, in the currency in which you are paid, co-op included."
    case .coopMeaning:
      "The part of earnings that is kept for joint marketing and not paid out."
    case .adjustmentMeaning:
      "A correction made by hand, a payment that came back, or a balance moved to another currency."
    case .grossMeaning:
      "What leaves the balance to be paid."
    case .salesTaxMeaning:
      "Tax added to the payment by your tax profile."
    case .withheldTaxMeaning:
      "Tax that we keep back and pay to the tax office for you."
    case .paymentMeaning:
      "What reaches you: before taxes, plus sales tax, minus withholding tax."
    case .closingMeaning:
      "What is carried to the next month."
    case .leverMeaning:
      "The rule of a program by which a sale earns."
    case .tierMeaning:
      "A range of the month's sales with a rate of its own."
    case .capMeaning:
      "The most that a lever earns in a month."
    case .ineligibleMeaning:
      "Earnings for which a condition of the program was not met on the day of the sale."
    case .holdMeaning:
      "A payment withheld for the reasons stated; the amount stays in your balance."
    case .exchangeRateMeaning:
      "How much of one currency a unit of another buys, set once for a month."
    case .tierTerm:
      "Tier"
    case .capTerm:
      "Cap"
    case .ineligibleTerm:
      "Ineligible"
    case .holdTerm:
      "Hold"
    default: ""
    }
  }
}
