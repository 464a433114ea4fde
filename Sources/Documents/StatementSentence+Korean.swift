/// The sentences of statements in Korean; no particle follows a value, since it would depend on the value.
extension StatementWord {
  /// Empty for a word that is no sentence.
  var koreanSentence: String {
    switch self {
    case .e301:
      "거래일에 유효한 계약이 없음"
    case .e302:
      "거래일에 요구 역량이 없거나 등급이 낮음"
    case .e303:
      "거래일에 프로그램에 등록되어 있지 않음"
    case .e304:
      "거래일까지 세금 또는 지급 프로필이 완료되지 않음"
    case .e305:
      "이 시스템으로 지급을 시작하기 전의 거래"
    case .e301Remedy:
      "프로그램이 요구하는 계약을 체결하거나 갱신하십시오. 거래일에 유효했다면 표시된 기한까지 증빙을 보내 주십시오."
    case .e302Remedy:
      "요구되는 역량을 취득하거나 갱신하십시오. 거래일에 보유하고 있었다면 표시된 기한까지 증빙을 보내 주십시오."
    case .e303Remedy:
      "초대를 수락하고 등록을 완료하십시오. 등록은 해당 월 1일부터 인정됩니다. 이미 등록되어 있었다면 표시된 기한까지 알려 주십시오."
    case .e304Remedy:
      "세금 프로필과 지급 프로필을 완료하십시오. 해당 월에 모두 완료되어 있었다면 표시된 기한까지 알려 주십시오."
    case .e305Remedy:
      "이전 시스템에서 지급되었어야 하는 거래입니다. 지급되지 않았다면 표시된 기한까지 알려 주십시오."
    case .h501:
      "참여가 중지되었거나 종료됨"
    case .h502:
      "프로그램에 등록되어 있지 않음"
    case .h503:
      "세금 프로필이 없거나 유효하지 않거나 만료됨"
    case .h504:
      "지급 프로필이 없거나 지급할 수 없는 상태임"
    case .h505:
      "지급이 중지됨"
    case .h506:
      "잔액이 최소 지급액보다 적음"
    case .h507:
      "잔액이 음수임"
    case .h508:
      "환율이 없음"
    case .h509:
      "이 계좌로 보낸 지난 지급액이 은행에서 반환됨"
    case .h501Remedy:
      "저희에게 문의해 주십시오. 문제가 해결되면 다음 달에 잔액이 지급됩니다."
    case .h502Remedy:
      "등록을 완료하십시오. 그러면 다음 달에 잔액이 지급됩니다."
    case .h503Remedy:
      "세금 프로필을 작성하거나 갱신하십시오. 그러면 다음 달에 잔액이 지급됩니다."
    case .h504Remedy:
      "지급 프로필을 완료하거나 계좌 정보를 정정하십시오. 그러면 다음 달에 잔액이 지급됩니다."
    case .h505Remedy:
      "중지 사유를 저희에게 문의해 주십시오. 해결되면 잔액이 지급됩니다."
    case .h506Remedy:
      "별도의 조치가 필요하지 않습니다. 잔액은 이월되며 최소 지급액에 도달하면 지급됩니다."
    case .h507Remedy:
      "별도의 조치가 필요하지 않습니다. 이후 수익에서 먼저 차감됩니다."
    case .h508Remedy:
      "월 마감 전에 환율을 등록하겠습니다. 별도의 조치가 필요하지 않습니다."
    case .h509Remedy:
      "계좌 정보와 성명, 주소를 확인하시고 변경할 사항을 알려 주십시오. 그러면 다음 달에 잔액이 지급됩니다."
    case .openingMeaning:
      "월초에 지급되지 않고 남아 있던 금액. 이전에 초과 지급된 경우 음수입니다."
    case .earningsMeaning:
      "매출로 발생한 수익을 지급 통화로 환산한 금액. 코옵을 포함합니다."
    case .coopMeaning:
      "공동 마케팅용으로 적립되며 현금으로 지급되지 않는 수익."
    case .adjustmentMeaning:
      "수작업 정정, 반환된 지급액, 지급 통화 변경에 따른 잔액 이전."
    case .grossMeaning:
      "잔액에서 지급되는 세전 금액."
    case .salesTaxMeaning:
      "세금 프로필에 따라 지급액에 더해지는 세금."
    case .withheldTaxMeaning:
      "당사가 공제하여 세무 당국에 대신 납부하는 세금."
    case .paymentMeaning:
      "실제 수령액: 세전 금액에 판매세를 더하고 원천징수세를 뺀 금액."
    case .closingMeaning:
      "다음 달로 이월되는 금액."
    case .leverMeaning:
      "거래가 수익을 발생시키는 프로그램의 규칙."
    case .tierMeaning:
      "고유한 요율이 적용되는 월 매출 구간."
    case .capMeaning:
      "한 항목이 한 달에 발생시킬 수 있는 최대 수익."
    case .ineligibleMeaning:
      "거래일에 프로그램 요건을 충족하지 못한 수익."
    case .holdMeaning:
      "명시된 사유로 보류된 지급. 금액은 잔액에 그대로 남습니다."
    case .exchangeRateMeaning:
      "한 통화 1단위로 살 수 있는 다른 통화의 금액. 월별로 정해집니다."
    case .tierTerm:
      "구간·단계"
    case .capTerm:
      "한도"
    case .ineligibleTerm:
      "미인정"
    case .holdTerm:
      "보류"
    default: ""
    }
  }
}
