/// Bounds that the contract itself sets.
package enum EarningLimits {
  /// Bytes of an earningId or participantId.
  package static let idBytesMax = 200
}
