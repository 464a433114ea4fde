import Domain
import ExactMoney
import Feeds
import Testing

/// One value, put into a row that is right otherwise, in both syntaxes.
@Suite("Values of feeds")
struct ValueTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let field: EarningField
    let value: String
    /// The codes of the row's faults, or how the typed column reads.
    let expected: String
    var testDescription: String { "\(field.name) '\(value)': \(expected)" }

    init(_ field: EarningField, _ value: String, _ expected: String) {
      self.field = field
      self.value = value
      self.expected = expected
    }
  }

  static let decimals: [Case] = [
    Case(.transactionAmount, "0", "0"), Case(.transactionAmount, "10", "10"),
    Case(.transactionAmount, "-10.50", "-10.5"), Case(.transactionAmount, "+10.50", "10.5"),
    Case(.transactionAmount, "007.10", "7.1"), Case(.transactionAmount, "-0", "0"),
    // 18 digits before the point and 12 after it, zeros counted.
    Case(
      .transactionAmount, "999999999999999999.999999999999", "999999999999999999.999999999999"),
    Case(.transactionAmount, "000000000000000001.100000000000", "1.1"),
    Case(.transactionAmount, "-999999999999999999", "-999999999999999999"),
    Case(.transactionAmount, "1000000000000000000", "R216"),
    Case(.transactionAmount, "0000000000000000001", "R216"),
    Case(.transactionAmount, "0.0000000000000", "R216"),
    Case(.earningAmount, "1.1234567890123", "R216"),
    Case(.quantity, "1.1234567890120", "R216"),
    // A digit before the point and one after it.
    Case(.transactionAmount, ".5", "R203"), Case(.transactionAmount, "5.", "R203"),
    Case(.transactionAmount, ".", "R203"), Case(.transactionAmount, "-", "R203"),
    Case(.transactionAmount, "+-1", "R203"), Case(.transactionAmount, "--1", "R203"),
    // Nothing is guessed and nothing trimmed.
    Case(.transactionAmount, "1,5", "R203"), Case(.transactionAmount, "1,234.50", "R203"),
    Case(.transactionAmount, "1.234.5", "R203"), Case(.transactionAmount, "1 234", "R203"),
    Case(.transactionAmount, "1e3", "R203"), Case(.transactionAmount, "0x10", "R203"),
    Case(.transactionAmount, "€5", "R203"), Case(.transactionAmount, "5 EUR", "R203"),
    Case(.transactionAmount, " 5", "R203"), Case(.transactionAmount, "5 ", "R203"),
    Case(.transactionAmount, "(5)", "R203"), Case(.transactionAmount, "5-", "R203"),
    Case(.transactionAmount, "−5", "R203"), Case(.transactionAmount, "５", "R203"),
    Case(.transactionAmount, "5%", "R203"), Case(.transactionAmount, "NaN", "R203"),
    // What is no decimal is none, however many digits it has.
    Case(.transactionAmount, "12345678901234567890,1", "R203"),
    Case(.earningAmount, "0.000001", "0.000001"), Case(.earningAmount, "x", "R203"),
    Case(.quantity, "2.5", "2.5"), Case(.quantity, "two", "R203"),
  ]

  static let rates: [Case] = [
    Case(.earningRate, "0", "0"), Case(.earningRate, "0.05", "0.05"),
    Case(.earningRate, "5%", "0.05"), Case(.earningRate, "+5%", "0.05"),
    Case(.earningRate, "1", "1"), Case(.earningRate, "100%", "1"),
    // The digits of a percentage count as written: 12 after the point make 14.
    Case(.earningRate, "4.123456789012%", "0.04123456789012"),
    Case(.earningRate, "4.1234567890123%", "R216"),
    Case(.earningRate, "0.1234567890123", "R216"),
    // From 0 to 100%, else it is no rate.
    Case(.earningRate, "1.000000000001", "R203"), Case(.earningRate, "100.01%", "R203"),
    Case(.earningRate, "-0.01", "R203"), Case(.earningRate, "-5%", "R203"),
    Case(.earningRate, "5", "R203"),
    Case(.earningRate, "5 %", "R203"), Case(.earningRate, "%", "R203"),
    Case(.earningRate, "5%%", "R203"), Case(.earningRate, "5.%", "R203"),
    Case(.earningRate, "5‰", "R203"),
  ]

  static let dates: [Case] = [
    Case(.transactionDate, "2026-10-31", "2026-10-31"),
    Case(.transactionDate, "2026-10-31T23:59:59Z", "2026-10-31"),
    // The day in UTC counts, also over the end of a month and a year.
    Case(.transactionDate, "2026-11-01T08:59:59+09:00", "2026-10-31"),
    Case(.transactionDate, "2026-10-31T17:00:00.000-07:00", "2026-11-01"),
    Case(.transactionDate, "2027-01-01T00:00+0100", "2026-12-31"),
    Case(.transactionDate, "2026-10-31T12:00:00", "R202"),
    Case(.transactionDate, "2026-10-31 12:00:00Z", "R202"),
    Case(.transactionDate, "10/11/2026", "R202"), Case(.transactionDate, "31.10.2026", "R202"),
    Case(.transactionDate, "2026-02-29", "R202"), Case(.transactionDate, "2026-10-31 ", "R202"),
    Case(.transactionDate, "20261031", "R202"), Case(.transactionDate, "46326", "R202"),
    // In UTC of the year 10000.
    Case(.transactionDate, "9999-12-31T23:00:00-02:00", "R202"),
  ]

  static let names: [Case] = [
    Case(.transactionCurrency, "KRW", "KRW"), Case(.transactionCurrency, "usd", "R204"),
    Case(.transactionCurrency, "Usd", "R204"), Case(.transactionCurrency, "USD ", "R204"),
    Case(.transactionCurrency, "US", "R204"), Case(.transactionCurrency, "USDX", "R204"),
    Case(.transactionCurrency, "$", "R204"), Case(.transactionCurrency, "840", "R204"),
    // A test code, and a metal: neither can be paid.
    Case(.transactionCurrency, "XTS", "R204"), Case(.transactionCurrency, "XAU", "R204"),
    // Ids count by their bytes.
    Case(.participantId, "한국-7", "1"), Case(.participantId, "48123", "R205"),
    Case(.participantId, "0048123 ", "R205"),
    Case(.programName, "CSP 1T", "0"),
    Case(.programName, "csp direct", "R206"), Case(.programName, "CSP Direct ", "R206"),
    Case(.lever, "", "0"), Case(.lever, "Credit", "1"), Case(.lever, "credit", "R207"),
    // A lever of another program.
    Case(.lever, "Hours", "R207"),
    // The lever's type; its own; a spelling that the plan maps; case and punctuation folded.
    Case(.earningType, "", "Rebate"), Case(.earningType, "Co-op", "Co-op"),
    Case(.earningType, "Partner-Earned Credit", "R208"),
    Case(.earningType, "Partner_EarnedCredit", "Fee"), Case(.earningType, "co op", "R208"),
    Case(.earningType, "COOP", "Co-op"), Case(.earningType, "Bonus", "R208"),
  ]

  static let required: [Case] = EarningField.allCases.filter(\.isRequired).map {
    Case($0, "", "R201")
  }

  @Test("are read or refused", arguments: decimals + rates + dates + names + required)
  func value(_ example: Case) throws {
    for syntax in Syntax.allCases {
      let values = plainValues.merging([example.field: example.value]) { $1 }
      let reading = try syntax.read(values)
      let row = try #require(reading.rows.first, "\(syntax)")
      #expect(row[example.field] == example.value, "\(syntax)")
      if example.expected.contains(#/^R\d\d\d$/#) {
        #expect(row.faults == [example.expected + " " + example.field.name], "\(syntax)")
        #expect(reading.codes == [example.expected], "\(syntax)")
      } else {
        #expect(row.faults == [], "\(syntax)")
        #expect(typed(row, example.field) == example.expected, "\(syntax)")
      }
    }
  }

  private func typed(_ row: ReadRow, _ field: EarningField) -> String {
    switch field {
    case .transactionAmount: row.amount.text(decimals: 0)
    case .earningAmount: row.earningAmount.text(decimals: 0)
    case .quantity: row.quantity.text(decimals: 0)
    case .earningRate: row.earningRate.text
    case .transactionDate: row.day.text
    case .transactionCurrency: row.currency.code
    case .participantId: String(row.partner)
    case .programName: String(row.program)
    case .lever: String(row.lever)
    case .earningType: row.type.name
    default: row[field]
    }
  }

  static let characters: [Case] = [
    // Tabs and line breaks are allowed in texts, not in ids.
    Case(.customerName, "a\tb\nc\r\nd", ""), Case(.earningId, "E\t1", "R215"),
    Case(.earningId, "E\n1", "R215"), Case(.earningId, "E\r\n1", "R215"),
    Case(.participantId, "0048123\n", "R215"), Case(.relatedEarningId, "E\t", "R215"),
    // DEL and C1, between characters that share their first byte.
    Case(.customerName, "a\u{7F}", "R215"), Case(.customerName, "a\u{80}b", "R215"),
    Case(.customerName, "\u{9F}", "R215"), Case(.customerName, "\u{A0}b", ""),
    Case(.customerName, "\u{85}", "R215"), Case(.earningId, "é\u{A3}", ""),
    // A carriage return alone is no line break.
    Case(.customerName, "a\rb", "R215"), Case(.customerName, "a\r", "R215"),
    Case(.customerName, "\r\r\n", "R215"), Case(.transactionAmount, "1\r", "R215"),
    // Texts of other scripts, directions, zero-width joiners and emoji are nobody's fault.
    Case(.customerName, "한국 \u{200F}שלום\u{200D} 👩‍💻 \u{FEFF}x", ""),
    // Nothing is trimmed.
    Case(.customerName, "  a  ", ""), Case(.productName, "\"", ""), Case(.productName, ",", ""),
    Case(.productName, "<a href='x'>&amp;]]>", ""),
  ]

  @Test("are text as it stands, without control characters", arguments: characters)
  func readCharacters(_ example: Case) throws {
    for syntax in Syntax.allCases {
      let values = plainValues.merging([example.field: example.value]) { $1 }
      let reading = try syntax.read(values)
      #expect(reading.rows.first?[example.field] == example.value, "\(syntax)")
      let faults = example.expected.isEmpty ? [] : ["\(example.expected) \(example.field.name)"]
      #expect(reading.rows.first?.faults == faults, "\(syntax)")
    }
  }

  @Test("C0 characters are refused, which XML cannot even hold", arguments: 0..<0x20)
  func c0(byte: Int) throws {
    guard ![0x09, 0x0A, 0x0D].contains(byte) else { return }
    let text = String(UnicodeScalar(UInt8(byte)))
    let values = plainValues.merging([.customerName: "a" + text]) { $1 }
    #expect(try Syntax.csv.read(values).rows.first?.faults == ["R215 customerName"])
    #expect(try Syntax.xml.read(values).codes == ["F105"])
  }

  static let lengths: [(field: EarningField, bytes: Int, fault: String?)] = [
    (.earningId, 200, nil), (.earningId, 201, "R214"),
    // Ids are known up to 200 bytes, so one of 200 is merely unknown.
    (.participantId, 200, "R205"), (.participantId, 201, "R214"),
    // Other values have the limit of the workspace, here 300 bytes.
    (.customerName, 300, nil), (.customerName, 301, "R214"), (.relatedEarningId, 300, nil),
    (.lever, 301, "R214"),
  ]

  @Test("have a greatest length in bytes", arguments: lengths)
  func readLength(field: EarningField, bytes: Int, fault: String?) throws {
    var limits = Limits()
    limits.field = 300
    // Characters of three bytes and one, so that bytes and characters differ.
    let value = String(repeating: "한", count: bytes / 3) + String(repeating: "x", count: bytes % 3)
    for syntax in Syntax.allCases {
      let reading = try syntax.read(plainValues.merging([field: value]) { $1 }, limits: limits)
      #expect(reading.rows.first?.faults == (fault.map { ["\($0) \(field.name)"] } ?? []))
    }
  }

  @Test("a row with three faults has three findings, and the row is rejected once")
  func threeFaults() throws {
    let values = plainValues.merging(
      [.transactionDate: "soon", .transactionCurrency: "usd", .transactionAmount: "1,0"]
    ) { $1 }
    for syntax in Syntax.allCases {
      let reading = try syntax.read(values)
      #expect(
        reading.rows.first?.faults == [
          "R202 transactionDate", "R204 transactionCurrency", "R203 transactionAmount",
        ])
      #expect(reading.rejections.count == 1)
    }
  }

  @Test("a value that cannot be read is not looked up")
  func unreadable() throws {
    let values = plainValues.merging([.participantId: "x\ty", .programName: "\r"]) { $1 }
    for syntax in Syntax.allCases {
      let row = try syntax.read(values).rows.first
      #expect(row?.faults == ["R215 participantId", "R215 programName"])
    }
  }

  @Test("an unknown program leaves lever and type alone; one without default lever wants one")
  func programs() throws {
    let unknown = plainValues.merging(
      [.programName: "x", .lever: "y", .earningType: "z"]
    ) { $1 }
    let services = plainValues.merging([.programName: "Services"]) { $1 }
    for syntax in Syntax.allCases {
      #expect(try syntax.read(unknown).rows.first?.faults == ["R206 programName"])
      #expect(try syntax.read(services).rows.first?.faults == ["R207 lever"])
    }
  }

  @Test("without registry and plans nothing is looked up in them")
  func withoutWorkspace() throws {
    let values = plainValues.merging(
      [.participantId: "?", .programName: "?", .lever: "?", .earningType: "?"]
    ) { $1 }
    for syntax in Syntax.allCases {
      let reading = try FeedsTests.read(
        syntax.feed(values), as: "feed.\(syntax)", isKnown: false)
      #expect(reading.codes == [])
      #expect(reading.rows.count == 1)
    }
  }

  @Test("only a negative row follows the one it names")
  func follows() throws {
    for (amount, follows) in [("-1", true), ("1", false), ("-0", false), ("x", false)] {
      let values = plainValues.merging(
        [.transactionAmount: amount, .relatedEarningId: "E-0"]
      ) { $1 }
      for syntax in Syntax.allCases {
        #expect(try syntax.read(values).rows.first?.flags.contains(.follows) == follows)
      }
    }
  }
}
