// The texts stand in FindingText+*.swift, one file per family of codes.
// The names are the codes that users see.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// The texts of one code: what `payout explain` prints.
package struct FindingText: Hashable, Sendable {
  /// One line: what is wrong.
  package var title: String
  /// Why it comes.
  package var cause: String
  /// A piece of input that has it.
  package var example: String
  /// What the reader does about it.
  package var remedy: String
}

extension FindingCode {
  /// The remedy that a finding shows where nothing more particular is known.
  package var remedy: String { text.remedy }

  /// The texts of this code.
  ///
  /// The table is a `switch`, so that a code without texts does not compile.
  package var text: FindingText {
    switch self {
    case .F101: .F101
    case .F102: .F102
    case .F103: .F103
    case .F104: .F104
    case .F105: .F105
    case .F106: .F106
    case .F107: .F107
    case .F108: .F108
    case .F109: .F109
    case .F110: .F110
    case .F111: .F111
    case .F112: .F112
    case .F113: .F113
    case .F114: .F114
    case .F115: .F115
    case .F116: .F116
    case .F117: .F117
    case .F118: .F118
    case .F119: .F119
    case .R201: .R201
    case .R202: .R202
    case .R203: .R203
    case .R204: .R204
    case .R205: .R205
    case .R206: .R206
    case .R207: .R207
    case .R208: .R208
    case .R209: .R209
    case .R210: .R210
    case .R211: .R211
    case .R212: .R212
    case .R213: .R213
    case .R214: .R214
    case .R215: .R215
    case .R216: .R216
    case .R217: .R217
    case .R218: .R218
    case .E301: .E301
    case .E302: .E302
    case .E303: .E303
    case .E304: .E304
    case .E305: .E305
    case .C401: .C401
    case .C402: .C402
    case .C403: .C403
    case .C404: .C404
    case .B601: .B601
    case .B602: .B602
    case .B603: .B603
    case .B604: .B604
    case .B605: .B605
    case .B606: .B606
    case .B607: .B607
    case .B608: .B608
    case .B609: .B609
    case .B610: .B610
    case .B620: .B620
    case .B621: .B621
    case .B622: .B622
    case .B623: .B623
    case .B624: .B624
    case .B625: .B625
    case .B626: .B626
    case .B627: .B627
    case .B628: .B628
    case .B629: .B629
    case .B630: .B630
    case .B631: .B631
    case .B632: .B632
    case .B633: .B633
    case .H501: .H501
    case .H502: .H502
    case .H503: .H503
    case .H504: .H504
    case .H505: .H505
    case .H506: .H506
    case .H507: .H507
    case .H508: .H508
    case .H509: .H509
    case .X901: .X901
    case .X902: .X902
    case .X903: .X903
    case .X904: .X904
    case .X905: .X905
    case .X906: .X906
    case .X907: .X907
    case .X908: .X908
    case .X909: .X909
    case .X910: .X910
    case .X911: .X911
    case .X912: .X912
    case .X913: .X913
    case .X914: .X914
    case .X915: .X915
    case .X916: .X916
    }
  }
}
