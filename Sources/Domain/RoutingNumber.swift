/// Routing numbers of banks in the United States (ABA).
package enum RoutingNumber {
  /// Whether these are nine digits, and their sum with the weights 3, 7, 1 is a multiple of 10.
  package static func isValid(_ text: String) -> Bool {
    let digits = text.utf8.map { Int($0) - 0x30 }
    guard digits.count == 9, digits.allSatisfy({ (0...9).contains($0) }) else { return false }
    let weights = [3, 7, 1]
    let sum = digits.enumerated().reduce(0) { $0 + $1.element * weights[$1.offset % 3] }
    // Nine zeros add up, too, and are no bank.
    return sum > 0 && sum % 10 == 0
  }
}
