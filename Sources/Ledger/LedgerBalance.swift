package import ExactMoney

/// What a balance was after a close.
package struct LedgerBalance: Hashable, Sendable {
  package var name: LedgerBalanceName
  package var closing: Money
  package var coopClosing: Money

  package init(name: LedgerBalanceName, closing: Money, coopClosing: Money) {
    self.name = name
    self.closing = closing
    self.coopClosing = coopClosing
  }
}
