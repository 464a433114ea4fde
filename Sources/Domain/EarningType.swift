/// What kind of money an earning is.
@usableFromInline
package enum EarningType: UInt8, CaseIterable, Hashable, Sendable {
  case rebate, coop, fee, sell, adjustment

  /// The name as it is written on statements.
  package var name: String {
    switch self {
    case .rebate: "Rebate"
    case .coop: "Co-op"
    case .fee: "Fee"
    case .sell: "Sell"
    case .adjustment: "Adjustment"
    }
  }

  /// The type that `text` names; case and punctuation are folded.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let type = EarningType.byFoldedName[EarningType.fold(bytes.span)] else { return nil }
    self = type
  }

  /// The spelling without ASCII punctuation and in small ASCII letters.
  package static func fold(_ text: Span<UInt8>) -> [UInt8] {
    var folded: [UInt8] = []
    folded.reserveCapacity(text.count)
    for position in 0..<text.count {
      let byte = text[position]
      switch byte {
      case 0x41...0x5A: folded.append(byte + 0x20)
      case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: continue
      default: folded.append(byte)
      }
    }
    return folded
  }

  static let byFoldedName: [[UInt8]: EarningType] = {
    var types: [[UInt8]: EarningType] = [:]
    for type in allCases {
      let name = Array(type.name.utf8)
      types[fold(name.span)] = type
    }
    return types
  }()
}
