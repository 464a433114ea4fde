/// Somebody at the payer who may approve payment files.
package struct Approver: Hashable, Sendable {
  package var userId: String
  package var name: String
  /// Of Ed25519: 32 bytes.
  package var publicKey: [UInt8]

  package init(userId: String, name: String, publicKey: [UInt8]) {
    self.userId = userId
    self.name = name
    self.publicKey = publicKey
  }

  /// Whether a text can be a user's id: it is part of the name of a file.
  package static func isUserId(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count) && !text.hasPrefix(".")
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
      }
  }
}
