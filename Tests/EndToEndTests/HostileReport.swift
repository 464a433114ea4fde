import Foundation

/// A workspace whose names would do harm in a report that takes them as they are.
enum HostileReport {
  static let formula = "=HYPERLINK(\"http://127.0.0.1:9/\";\"x\")"
  static let markup = "</script><img src=x onerror=\"window.hacked=1\"><b>&amp;"

  static func workspace() throws -> ReportWorkspace {
    let workspace = try ReportWorkspace()
    try workspace.edit("registry/partners.csv") { text in
      text.replace("Fabrikam Cloud GmbH", with: quoted(formula))
      text.replace("Northwind Traders Inc.", with: quoted(markup))
      text.replace("Tailspin Distribution B.V.", with: quoted("a;  b|c:d (e) \u{202E}lla"))
      text.replace("Litware LLC", with: quoted("*!%\u{FEFF} ]]> <!-- _x0041_"))
    }
    // 15 digits and more: a spreadsheet cannot keep them.
    try workspace.edit("registry/payment-profiles.csv") { text in
      text.replace("creditNote,USD", with: "creditNote,JPY")
    }
    try workspace.edit("exchange-rates.csv") { text in
      text += "2026-10,USD,JPY,98765432198.7,test\n2026-10,EUR,JPY,98765432197.6,test\n"
    }
    return workspace
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
