# mypy: ignore-errors
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OrderEntryProvider(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_ORDER_ENTRY_PROVIDER: _ClassVar[OrderEntryProvider]
    QOR: _ClassVar[OrderEntryProvider]
    PTS: _ClassVar[OrderEntryProvider]

class Side(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_SIDE: _ClassVar[Side]
    BUY: _ClassVar[Side]
    SELL: _ClassVar[Side]

class OrderType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_ORDER_TYPE: _ClassVar[OrderType]
    LMT_ORDER_TYPE: _ClassVar[OrderType]
    MKT_ORDER_TYPE: _ClassVar[OrderType]
    STOP_ORDER_TYPE: _ClassVar[OrderType]
    STWL_ORDER_TYPE: _ClassVar[OrderType]
    STL_ORDER_TYPE: _ClassVar[OrderType]
    FAK_ORDER_TYPE: _ClassVar[OrderType]
    FOK_ORDER_TYPE: _ClassVar[OrderType]

class OrderLifeTime(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_ORDER_LIFE_TIME: _ClassVar[OrderLifeTime]
    DAY_ORDER_LIFE_TIME: _ClassVar[OrderLifeTime]
    GTC_ORDER_LIFE_TIME: _ClassVar[OrderLifeTime]
    GTD_ORDER_LIFE_TIME: _ClassVar[OrderLifeTime]

class PositionType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_POSITION_TYPE: _ClassVar[PositionType]
    OPEN_POSITION_TYPE: _ClassVar[PositionType]
    CLOSE_POSITION_TYPE: _ClassVar[PositionType]

class FractionalQuantity(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_FRACTIONAL_QUANTITY: _ClassVar[FractionalQuantity]
    STANDARD_FRACTIONAL_QUANTITY: _ClassVar[FractionalQuantity]
    MINI_FRACTIONAL_QUANTITY: _ClassVar[FractionalQuantity]
    MICRO_FRACTIONAL_QUANTITY: _ClassVar[FractionalQuantity]

class SubscriptionLevel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_SUBSCRIPTION_LEVEL: _ClassVar[SubscriptionLevel]
    SUBSCRIBED: _ClassVar[SubscriptionLevel]
    UNSUBSCRIBED: _ClassVar[SubscriptionLevel]

class OrderUpdateType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_ORDER_UPDATE_TYPE: _ClassVar[OrderUpdateType]
    ORDER_UPDATE: _ClassVar[OrderUpdateType]

class OrderSession(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_ORDER_SESSION: _ClassVar[OrderSession]
    ELECTRONIC: _ClassVar[OrderSession]

class PositionSide(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_POSITION_SIDE: _ClassVar[PositionSide]
    LONG: _ClassVar[PositionSide]
    SHORT: _ClassVar[PositionSide]

class ResponseStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_RESPONSE_STATUS: _ClassVar[ResponseStatus]
    SUCCESS: _ClassVar[ResponseStatus]
    FAILURE: _ClassVar[ResponseStatus]

class ConnectionStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_CONNECTION_STATUS: _ClassVar[ConnectionStatus]
    CONNECTED: _ClassVar[ConnectionStatus]
    DISCONNECTED: _ClassVar[ConnectionStatus]
    CONNECTING: _ClassVar[ConnectionStatus]
UNKNOWN_ORDER_ENTRY_PROVIDER: OrderEntryProvider
QOR: OrderEntryProvider
PTS: OrderEntryProvider
UNKNOWN_SIDE: Side
BUY: Side
SELL: Side
UNKNOWN_ORDER_TYPE: OrderType
LMT_ORDER_TYPE: OrderType
MKT_ORDER_TYPE: OrderType
STOP_ORDER_TYPE: OrderType
STWL_ORDER_TYPE: OrderType
STL_ORDER_TYPE: OrderType
FAK_ORDER_TYPE: OrderType
FOK_ORDER_TYPE: OrderType
UNKNOWN_ORDER_LIFE_TIME: OrderLifeTime
DAY_ORDER_LIFE_TIME: OrderLifeTime
GTC_ORDER_LIFE_TIME: OrderLifeTime
GTD_ORDER_LIFE_TIME: OrderLifeTime
UNKNOWN_POSITION_TYPE: PositionType
OPEN_POSITION_TYPE: PositionType
CLOSE_POSITION_TYPE: PositionType
UNKNOWN_FRACTIONAL_QUANTITY: FractionalQuantity
STANDARD_FRACTIONAL_QUANTITY: FractionalQuantity
MINI_FRACTIONAL_QUANTITY: FractionalQuantity
MICRO_FRACTIONAL_QUANTITY: FractionalQuantity
UNKNOWN_SUBSCRIPTION_LEVEL: SubscriptionLevel
SUBSCRIBED: SubscriptionLevel
UNSUBSCRIBED: SubscriptionLevel
UNKNOWN_ORDER_UPDATE_TYPE: OrderUpdateType
ORDER_UPDATE: OrderUpdateType
UNKNOWN_ORDER_SESSION: OrderSession
ELECTRONIC: OrderSession
UNKNOWN_POSITION_SIDE: PositionSide
LONG: PositionSide
SHORT: PositionSide
UNKNOWN_RESPONSE_STATUS: ResponseStatus
SUCCESS: ResponseStatus
FAILURE: ResponseStatus
UNKNOWN_CONNECTION_STATUS: ConnectionStatus
CONNECTED: ConnectionStatus
DISCONNECTED: ConnectionStatus
CONNECTING: ConnectionStatus

class ClientMessage(_message.Message):
    __slots__ = ("requestId", "loginRequest", "logoutRequest", "oeLoginRequest", "oeLogoutRequest", "orderBookRequest", "oeSwitchAccountRequest", "placeOrderRequest", "cancelOrderRequest", "cancelOrdersRequest", "cancelOrdersForContractRequest", "cancelReplaceOrderRequest", "changeOALSubscriptionLevelRequest", "getActivityItemsRequest", "accountInfoRequest")
    REQUESTID_FIELD_NUMBER: _ClassVar[int]
    LOGINREQUEST_FIELD_NUMBER: _ClassVar[int]
    LOGOUTREQUEST_FIELD_NUMBER: _ClassVar[int]
    OELOGINREQUEST_FIELD_NUMBER: _ClassVar[int]
    OELOGOUTREQUEST_FIELD_NUMBER: _ClassVar[int]
    ORDERBOOKREQUEST_FIELD_NUMBER: _ClassVar[int]
    OESWITCHACCOUNTREQUEST_FIELD_NUMBER: _ClassVar[int]
    PLACEORDERREQUEST_FIELD_NUMBER: _ClassVar[int]
    CANCELORDERREQUEST_FIELD_NUMBER: _ClassVar[int]
    CANCELORDERSREQUEST_FIELD_NUMBER: _ClassVar[int]
    CANCELORDERSFORCONTRACTREQUEST_FIELD_NUMBER: _ClassVar[int]
    CANCELREPLACEORDERREQUEST_FIELD_NUMBER: _ClassVar[int]
    CHANGEOALSUBSCRIPTIONLEVELREQUEST_FIELD_NUMBER: _ClassVar[int]
    GETACTIVITYITEMSREQUEST_FIELD_NUMBER: _ClassVar[int]
    ACCOUNTINFOREQUEST_FIELD_NUMBER: _ClassVar[int]
    requestId: int
    loginRequest: LoginRequest
    logoutRequest: LogoutRequest
    oeLoginRequest: OELoginRequest
    oeLogoutRequest: OELogoutRequest
    orderBookRequest: OrderBookRequest
    oeSwitchAccountRequest: OESwitchAccountRequest
    placeOrderRequest: PlaceOrderRequest
    cancelOrderRequest: CancelOrderRequest
    cancelOrdersRequest: CancelOrdersRequest
    cancelOrdersForContractRequest: CancelOrdersForContractRequest
    cancelReplaceOrderRequest: CancelReplaceOrderRequest
    changeOALSubscriptionLevelRequest: ChangeOALSubscriptionLevelRequest
    getActivityItemsRequest: GetActivityItemsRequest
    accountInfoRequest: AccountInfoRequest
    def __init__(self, requestId: _Optional[int] = ..., loginRequest: _Optional[_Union[LoginRequest, _Mapping]] = ..., logoutRequest: _Optional[_Union[LogoutRequest, _Mapping]] = ..., oeLoginRequest: _Optional[_Union[OELoginRequest, _Mapping]] = ..., oeLogoutRequest: _Optional[_Union[OELogoutRequest, _Mapping]] = ..., orderBookRequest: _Optional[_Union[OrderBookRequest, _Mapping]] = ..., oeSwitchAccountRequest: _Optional[_Union[OESwitchAccountRequest, _Mapping]] = ..., placeOrderRequest: _Optional[_Union[PlaceOrderRequest, _Mapping]] = ..., cancelOrderRequest: _Optional[_Union[CancelOrderRequest, _Mapping]] = ..., cancelOrdersRequest: _Optional[_Union[CancelOrdersRequest, _Mapping]] = ..., cancelOrdersForContractRequest: _Optional[_Union[CancelOrdersForContractRequest, _Mapping]] = ..., cancelReplaceOrderRequest: _Optional[_Union[CancelReplaceOrderRequest, _Mapping]] = ..., changeOALSubscriptionLevelRequest: _Optional[_Union[ChangeOALSubscriptionLevelRequest, _Mapping]] = ..., getActivityItemsRequest: _Optional[_Union[GetActivityItemsRequest, _Mapping]] = ..., accountInfoRequest: _Optional[_Union[AccountInfoRequest, _Mapping]] = ...) -> None: ...

class ServerMessage(_message.Message):
    __slots__ = ("requestId", "loginResponse", "logoutResponse", "oeLoginResponse", "oeLogoutResponse", "orderBookResponse", "oeSwitchAccountResponse", "placeOrderResponse", "cancelOrderResponse", "cancelOrdersResponse", "cancelOrdersForContractResponse", "cancelReplaceOrderResponse", "changeOALSubscriptionLevelResponse", "getActivityItemsResponse", "accountInfoResponse", "serverErrorMessage", "asyncServerMessage")
    REQUESTID_FIELD_NUMBER: _ClassVar[int]
    LOGINRESPONSE_FIELD_NUMBER: _ClassVar[int]
    LOGOUTRESPONSE_FIELD_NUMBER: _ClassVar[int]
    OELOGINRESPONSE_FIELD_NUMBER: _ClassVar[int]
    OELOGOUTRESPONSE_FIELD_NUMBER: _ClassVar[int]
    ORDERBOOKRESPONSE_FIELD_NUMBER: _ClassVar[int]
    OESWITCHACCOUNTRESPONSE_FIELD_NUMBER: _ClassVar[int]
    PLACEORDERRESPONSE_FIELD_NUMBER: _ClassVar[int]
    CANCELORDERRESPONSE_FIELD_NUMBER: _ClassVar[int]
    CANCELORDERSRESPONSE_FIELD_NUMBER: _ClassVar[int]
    CANCELORDERSFORCONTRACTRESPONSE_FIELD_NUMBER: _ClassVar[int]
    CANCELREPLACEORDERRESPONSE_FIELD_NUMBER: _ClassVar[int]
    CHANGEOALSUBSCRIPTIONLEVELRESPONSE_FIELD_NUMBER: _ClassVar[int]
    GETACTIVITYITEMSRESPONSE_FIELD_NUMBER: _ClassVar[int]
    ACCOUNTINFORESPONSE_FIELD_NUMBER: _ClassVar[int]
    SERVERERRORMESSAGE_FIELD_NUMBER: _ClassVar[int]
    ASYNCSERVERMESSAGE_FIELD_NUMBER: _ClassVar[int]
    requestId: int
    loginResponse: LoginResponse
    logoutResponse: LogoutResponse
    oeLoginResponse: OELoginResponse
    oeLogoutResponse: OELogoutResponse
    orderBookResponse: OrderBookResponse
    oeSwitchAccountResponse: OESwitchAccountResponse
    placeOrderResponse: PlaceOrderResponse
    cancelOrderResponse: CancelOrderResponse
    cancelOrdersResponse: CancelOrdersResponse
    cancelOrdersForContractResponse: CancelOrdersForContractResponse
    cancelReplaceOrderResponse: CancelReplaceOrderResponse
    changeOALSubscriptionLevelResponse: ChangeOALSubscriptionLevelResponse
    getActivityItemsResponse: GetActivityItemsResponse
    accountInfoResponse: AccountInfoResponse
    serverErrorMessage: ServerErrorMessage
    asyncServerMessage: AsyncServerMessage
    def __init__(self, requestId: _Optional[int] = ..., loginResponse: _Optional[_Union[LoginResponse, _Mapping]] = ..., logoutResponse: _Optional[_Union[LogoutResponse, _Mapping]] = ..., oeLoginResponse: _Optional[_Union[OELoginResponse, _Mapping]] = ..., oeLogoutResponse: _Optional[_Union[OELogoutResponse, _Mapping]] = ..., orderBookResponse: _Optional[_Union[OrderBookResponse, _Mapping]] = ..., oeSwitchAccountResponse: _Optional[_Union[OESwitchAccountResponse, _Mapping]] = ..., placeOrderResponse: _Optional[_Union[PlaceOrderResponse, _Mapping]] = ..., cancelOrderResponse: _Optional[_Union[CancelOrderResponse, _Mapping]] = ..., cancelOrdersResponse: _Optional[_Union[CancelOrdersResponse, _Mapping]] = ..., cancelOrdersForContractResponse: _Optional[_Union[CancelOrdersForContractResponse, _Mapping]] = ..., cancelReplaceOrderResponse: _Optional[_Union[CancelReplaceOrderResponse, _Mapping]] = ..., changeOALSubscriptionLevelResponse: _Optional[_Union[ChangeOALSubscriptionLevelResponse, _Mapping]] = ..., getActivityItemsResponse: _Optional[_Union[GetActivityItemsResponse, _Mapping]] = ..., accountInfoResponse: _Optional[_Union[AccountInfoResponse, _Mapping]] = ..., serverErrorMessage: _Optional[_Union[ServerErrorMessage, _Mapping]] = ..., asyncServerMessage: _Optional[_Union[AsyncServerMessage, _Mapping]] = ...) -> None: ...

class AsyncServerMessage(_message.Message):
    __slots__ = ("orderEntryNotification",)
    ORDERENTRYNOTIFICATION_FIELD_NUMBER: _ClassVar[int]
    orderEntryNotification: OrderEntryNotification
    def __init__(self, orderEntryNotification: _Optional[_Union[OrderEntryNotification, _Mapping]] = ...) -> None: ...

class ServerErrorMessage(_message.Message):
    __slots__ = ("message", "code")
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    message: str
    code: int
    def __init__(self, message: _Optional[str] = ..., code: _Optional[int] = ...) -> None: ...

class LoginRequest(_message.Message):
    __slots__ = ("username", "password", "firmId", "mobileType", "localIP", "clientVersion", "clientUniqueId")
    USERNAME_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_FIELD_NUMBER: _ClassVar[int]
    FIRMID_FIELD_NUMBER: _ClassVar[int]
    MOBILETYPE_FIELD_NUMBER: _ClassVar[int]
    LOCALIP_FIELD_NUMBER: _ClassVar[int]
    CLIENTVERSION_FIELD_NUMBER: _ClassVar[int]
    CLIENTUNIQUEID_FIELD_NUMBER: _ClassVar[int]
    username: str
    password: str
    firmId: str
    mobileType: str
    localIP: str
    clientVersion: str
    clientUniqueId: str
    def __init__(self, username: _Optional[str] = ..., password: _Optional[str] = ..., firmId: _Optional[str] = ..., mobileType: _Optional[str] = ..., localIP: _Optional[str] = ..., clientVersion: _Optional[str] = ..., clientUniqueId: _Optional[str] = ...) -> None: ...

class LoginResponse(_message.Message):
    __slots__ = ("serverMessage", "responseStatus")
    SERVERMESSAGE_FIELD_NUMBER: _ClassVar[int]
    RESPONSESTATUS_FIELD_NUMBER: _ClassVar[int]
    serverMessage: str
    responseStatus: ResponseStatus
    def __init__(self, serverMessage: _Optional[str] = ..., responseStatus: _Optional[_Union[ResponseStatus, str]] = ...) -> None: ...

class LogoutRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class LogoutResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class OELoginRequest(_message.Message):
    __slots__ = ("username", "passwordHash", "orderEntryProvider", "isRelogin")
    USERNAME_FIELD_NUMBER: _ClassVar[int]
    PASSWORDHASH_FIELD_NUMBER: _ClassVar[int]
    ORDERENTRYPROVIDER_FIELD_NUMBER: _ClassVar[int]
    ISRELOGIN_FIELD_NUMBER: _ClassVar[int]
    username: str
    passwordHash: str
    orderEntryProvider: OrderEntryProvider
    isRelogin: bool
    def __init__(self, username: _Optional[str] = ..., passwordHash: _Optional[str] = ..., orderEntryProvider: _Optional[_Union[OrderEntryProvider, str]] = ..., isRelogin: _Optional[bool] = ...) -> None: ...

class OELoginResponse(_message.Message):
    __slots__ = ("accounts", "errorMessage", "responseStatus")
    ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    ERRORMESSAGE_FIELD_NUMBER: _ClassVar[int]
    RESPONSESTATUS_FIELD_NUMBER: _ClassVar[int]
    accounts: _containers.RepeatedCompositeFieldContainer[OEAccount]
    errorMessage: str
    responseStatus: ResponseStatus
    def __init__(self, accounts: _Optional[_Iterable[_Union[OEAccount, _Mapping]]] = ..., errorMessage: _Optional[str] = ..., responseStatus: _Optional[_Union[ResponseStatus, str]] = ...) -> None: ...

class OEAccount(_message.Message):
    __slots__ = ("accountId", "oeProvider", "accountName", "accountRepresentation")
    ACCOUNTID_FIELD_NUMBER: _ClassVar[int]
    OEPROVIDER_FIELD_NUMBER: _ClassVar[int]
    ACCOUNTNAME_FIELD_NUMBER: _ClassVar[int]
    ACCOUNTREPRESENTATION_FIELD_NUMBER: _ClassVar[int]
    accountId: str
    oeProvider: OrderEntryProvider
    accountName: str
    accountRepresentation: str
    def __init__(self, accountId: _Optional[str] = ..., oeProvider: _Optional[_Union[OrderEntryProvider, str]] = ..., accountName: _Optional[str] = ..., accountRepresentation: _Optional[str] = ...) -> None: ...

class OELogoutRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class OELogoutResponse(_message.Message):
    __slots__ = ("statusCode",)
    STATUSCODE_FIELD_NUMBER: _ClassVar[int]
    statusCode: int
    def __init__(self, statusCode: _Optional[int] = ...) -> None: ...

class OrderBookRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class OrderBookResponse(_message.Message):
    __slots__ = ("oeProvider", "netPositions", "orders")
    OEPROVIDER_FIELD_NUMBER: _ClassVar[int]
    NETPOSITIONS_FIELD_NUMBER: _ClassVar[int]
    ORDERS_FIELD_NUMBER: _ClassVar[int]
    oeProvider: OrderEntryProvider
    netPositions: _containers.RepeatedCompositeFieldContainer[NetPosition]
    orders: _containers.RepeatedCompositeFieldContainer[Order]
    def __init__(self, oeProvider: _Optional[_Union[OrderEntryProvider, str]] = ..., netPositions: _Optional[_Iterable[_Union[NetPosition, _Mapping]]] = ..., orders: _Optional[_Iterable[_Union[Order, _Mapping]]] = ...) -> None: ...

class OESwitchAccountRequest(_message.Message):
    __slots__ = ("accountId", "isLiveTrading")
    ACCOUNTID_FIELD_NUMBER: _ClassVar[int]
    ISLIVETRADING_FIELD_NUMBER: _ClassVar[int]
    accountId: str
    isLiveTrading: bool
    def __init__(self, accountId: _Optional[str] = ..., isLiveTrading: _Optional[bool] = ...) -> None: ...

class OESwitchAccountResponse(_message.Message):
    __slots__ = ("accountId",)
    ACCOUNTID_FIELD_NUMBER: _ClassVar[int]
    accountId: str
    def __init__(self, accountId: _Optional[str] = ...) -> None: ...

class PlaceOrderRequest(_message.Message):
    __slots__ = ("contract", "side", "quantity", "orderType", "lifeTime", "price", "limitPrice", "positionType", "goodTillDate", "sourceModule", "ignoreValidation", "shouldWarnIfImmediatelyFilled", "fractionalQuantity", "overrideAccount")
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    SIDE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    ORDERTYPE_FIELD_NUMBER: _ClassVar[int]
    LIFETIME_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    LIMITPRICE_FIELD_NUMBER: _ClassVar[int]
    POSITIONTYPE_FIELD_NUMBER: _ClassVar[int]
    GOODTILLDATE_FIELD_NUMBER: _ClassVar[int]
    SOURCEMODULE_FIELD_NUMBER: _ClassVar[int]
    IGNOREVALIDATION_FIELD_NUMBER: _ClassVar[int]
    SHOULDWARNIFIMMEDIATELYFILLED_FIELD_NUMBER: _ClassVar[int]
    FRACTIONALQUANTITY_FIELD_NUMBER: _ClassVar[int]
    OVERRIDEACCOUNT_FIELD_NUMBER: _ClassVar[int]
    contract: str
    side: Side
    quantity: float
    orderType: OrderType
    lifeTime: OrderLifeTime
    price: float
    limitPrice: float
    positionType: PositionType
    goodTillDate: int
    sourceModule: str
    ignoreValidation: bool
    shouldWarnIfImmediatelyFilled: bool
    fractionalQuantity: FractionalQuantity
    overrideAccount: str
    def __init__(self, contract: _Optional[str] = ..., side: _Optional[_Union[Side, str]] = ..., quantity: _Optional[float] = ..., orderType: _Optional[_Union[OrderType, str]] = ..., lifeTime: _Optional[_Union[OrderLifeTime, str]] = ..., price: _Optional[float] = ..., limitPrice: _Optional[float] = ..., positionType: _Optional[_Union[PositionType, str]] = ..., goodTillDate: _Optional[int] = ..., sourceModule: _Optional[str] = ..., ignoreValidation: _Optional[bool] = ..., shouldWarnIfImmediatelyFilled: _Optional[bool] = ..., fractionalQuantity: _Optional[_Union[FractionalQuantity, str]] = ..., overrideAccount: _Optional[str] = ...) -> None: ...

class PlaceOrderResponse(_message.Message):
    __slots__ = ("responseStatus", "orderNumber", "message")
    RESPONSESTATUS_FIELD_NUMBER: _ClassVar[int]
    ORDERNUMBER_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    responseStatus: ResponseStatus
    orderNumber: str
    message: str
    def __init__(self, responseStatus: _Optional[_Union[ResponseStatus, str]] = ..., orderNumber: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class CancelOrderRequest(_message.Message):
    __slots__ = ("orderId", "moduleId", "ignoreValidation")
    ORDERID_FIELD_NUMBER: _ClassVar[int]
    MODULEID_FIELD_NUMBER: _ClassVar[int]
    IGNOREVALIDATION_FIELD_NUMBER: _ClassVar[int]
    orderId: str
    moduleId: str
    ignoreValidation: bool
    def __init__(self, orderId: _Optional[str] = ..., moduleId: _Optional[str] = ..., ignoreValidation: _Optional[bool] = ...) -> None: ...

class CancelOrderResponse(_message.Message):
    __slots__ = ("responseStatus",)
    RESPONSESTATUS_FIELD_NUMBER: _ClassVar[int]
    responseStatus: ResponseStatus
    def __init__(self, responseStatus: _Optional[_Union[ResponseStatus, str]] = ...) -> None: ...

class CancelOrdersRequest(_message.Message):
    __slots__ = ("orderIds", "ignoreValidation", "moduleId")
    ORDERIDS_FIELD_NUMBER: _ClassVar[int]
    IGNOREVALIDATION_FIELD_NUMBER: _ClassVar[int]
    MODULEID_FIELD_NUMBER: _ClassVar[int]
    orderIds: _containers.RepeatedScalarFieldContainer[str]
    ignoreValidation: bool
    moduleId: str
    def __init__(self, orderIds: _Optional[_Iterable[str]] = ..., ignoreValidation: _Optional[bool] = ..., moduleId: _Optional[str] = ...) -> None: ...

class CancelOrdersResponse(_message.Message):
    __slots__ = ("responseStatus",)
    RESPONSESTATUS_FIELD_NUMBER: _ClassVar[int]
    responseStatus: ResponseStatus
    def __init__(self, responseStatus: _Optional[_Union[ResponseStatus, str]] = ...) -> None: ...

class CancelOrdersForContractRequest(_message.Message):
    __slots__ = ("contractToBeCanceled", "sourceModule")
    CONTRACTTOBECANCELED_FIELD_NUMBER: _ClassVar[int]
    SOURCEMODULE_FIELD_NUMBER: _ClassVar[int]
    contractToBeCanceled: str
    sourceModule: str
    def __init__(self, contractToBeCanceled: _Optional[str] = ..., sourceModule: _Optional[str] = ...) -> None: ...

class CancelOrdersForContractResponse(_message.Message):
    __slots__ = ("responseStatus",)
    RESPONSESTATUS_FIELD_NUMBER: _ClassVar[int]
    responseStatus: ResponseStatus
    def __init__(self, responseStatus: _Optional[_Union[ResponseStatus, str]] = ...) -> None: ...

class CancelReplaceOrderRequest(_message.Message):
    __slots__ = ("orderIdToBeReplaced", "contract", "side", "quantity", "orderType", "lifeTime", "price", "limitPrice", "positionType", "goodTillDate", "moduleId", "ignoreValidation", "fractionalQuantity")
    ORDERIDTOBEREPLACED_FIELD_NUMBER: _ClassVar[int]
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    SIDE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    ORDERTYPE_FIELD_NUMBER: _ClassVar[int]
    LIFETIME_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    LIMITPRICE_FIELD_NUMBER: _ClassVar[int]
    POSITIONTYPE_FIELD_NUMBER: _ClassVar[int]
    GOODTILLDATE_FIELD_NUMBER: _ClassVar[int]
    MODULEID_FIELD_NUMBER: _ClassVar[int]
    IGNOREVALIDATION_FIELD_NUMBER: _ClassVar[int]
    FRACTIONALQUANTITY_FIELD_NUMBER: _ClassVar[int]
    orderIdToBeReplaced: str
    contract: str
    side: Side
    quantity: float
    orderType: OrderType
    lifeTime: OrderLifeTime
    price: float
    limitPrice: float
    positionType: PositionType
    goodTillDate: int
    moduleId: str
    ignoreValidation: bool
    fractionalQuantity: FractionalQuantity
    def __init__(self, orderIdToBeReplaced: _Optional[str] = ..., contract: _Optional[str] = ..., side: _Optional[_Union[Side, str]] = ..., quantity: _Optional[float] = ..., orderType: _Optional[_Union[OrderType, str]] = ..., lifeTime: _Optional[_Union[OrderLifeTime, str]] = ..., price: _Optional[float] = ..., limitPrice: _Optional[float] = ..., positionType: _Optional[_Union[PositionType, str]] = ..., goodTillDate: _Optional[int] = ..., moduleId: _Optional[str] = ..., ignoreValidation: _Optional[bool] = ..., fractionalQuantity: _Optional[_Union[FractionalQuantity, str]] = ...) -> None: ...

class CancelReplaceOrderResponse(_message.Message):
    __slots__ = ("responseStatus", "orderNumber", "message")
    RESPONSESTATUS_FIELD_NUMBER: _ClassVar[int]
    ORDERNUMBER_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    responseStatus: ResponseStatus
    orderNumber: str
    message: str
    def __init__(self, responseStatus: _Optional[_Union[ResponseStatus, str]] = ..., orderNumber: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class ChangeOALSubscriptionLevelRequest(_message.Message):
    __slots__ = ("subscriptionLevel",)
    SUBSCRIPTIONLEVEL_FIELD_NUMBER: _ClassVar[int]
    subscriptionLevel: SubscriptionLevel
    def __init__(self, subscriptionLevel: _Optional[_Union[SubscriptionLevel, str]] = ...) -> None: ...

class ChangeOALSubscriptionLevelResponse(_message.Message):
    __slots__ = ("responseStatus",)
    RESPONSESTATUS_FIELD_NUMBER: _ClassVar[int]
    responseStatus: ResponseStatus
    def __init__(self, responseStatus: _Optional[_Union[ResponseStatus, str]] = ...) -> None: ...

class GetActivityItemsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetActivityItemsResponse(_message.Message):
    __slots__ = ("items",)
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[ActivityLogItem]
    def __init__(self, items: _Optional[_Iterable[_Union[ActivityLogItem, _Mapping]]] = ...) -> None: ...

class ActivityLogItem(_message.Message):
    __slots__ = ("timestamp", "accountNumber", "orderNumber", "contract", "action", "description", "enteredBy")
    TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    ACCOUNTNUMBER_FIELD_NUMBER: _ClassVar[int]
    ORDERNUMBER_FIELD_NUMBER: _ClassVar[int]
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    ENTEREDBY_FIELD_NUMBER: _ClassVar[int]
    timestamp: int
    accountNumber: str
    orderNumber: str
    contract: str
    action: str
    description: str
    enteredBy: str
    def __init__(self, timestamp: _Optional[int] = ..., accountNumber: _Optional[str] = ..., orderNumber: _Optional[str] = ..., contract: _Optional[str] = ..., action: _Optional[str] = ..., description: _Optional[str] = ..., enteredBy: _Optional[str] = ...) -> None: ...

class AccountInfoRequest(_message.Message):
    __slots__ = ("currencyCode",)
    CURRENCYCODE_FIELD_NUMBER: _ClassVar[int]
    currencyCode: str
    def __init__(self, currencyCode: _Optional[str] = ...) -> None: ...

class AccountInfoResponse(_message.Message):
    __slots__ = ("accountInformation",)
    ACCOUNTINFORMATION_FIELD_NUMBER: _ClassVar[int]
    accountInformation: AccountInformation
    def __init__(self, accountInformation: _Optional[_Union[AccountInformation, _Mapping]] = ...) -> None: ...

class OrderEntryNotification(_message.Message):
    __slots__ = ("order", "netPosition", "accountInformation", "textNotification", "accountStatusUpdate", "connectionStatusUpdateNotification")
    ORDER_FIELD_NUMBER: _ClassVar[int]
    NETPOSITION_FIELD_NUMBER: _ClassVar[int]
    ACCOUNTINFORMATION_FIELD_NUMBER: _ClassVar[int]
    TEXTNOTIFICATION_FIELD_NUMBER: _ClassVar[int]
    ACCOUNTSTATUSUPDATE_FIELD_NUMBER: _ClassVar[int]
    CONNECTIONSTATUSUPDATENOTIFICATION_FIELD_NUMBER: _ClassVar[int]
    order: Order
    netPosition: NetPosition
    accountInformation: AccountInformation
    textNotification: OETextNotification
    accountStatusUpdate: AccountStatusUpdate
    connectionStatusUpdateNotification: ConnectionStatusUpdateNotification
    def __init__(self, order: _Optional[_Union[Order, _Mapping]] = ..., netPosition: _Optional[_Union[NetPosition, _Mapping]] = ..., accountInformation: _Optional[_Union[AccountInformation, _Mapping]] = ..., textNotification: _Optional[_Union[OETextNotification, _Mapping]] = ..., accountStatusUpdate: _Optional[_Union[AccountStatusUpdate, _Mapping]] = ..., connectionStatusUpdateNotification: _Optional[_Union[ConnectionStatusUpdateNotification, _Mapping]] = ...) -> None: ...

class OETextNotification(_message.Message):
    __slots__ = ("title", "body")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    title: str
    body: str
    def __init__(self, title: _Optional[str] = ..., body: _Optional[str] = ...) -> None: ...

class Order(_message.Message):
    __slots__ = ("orderUpdateType", "oeProvider", "orderNumber", "accountNumber", "salesCode", "enteredBy", "status", "orderDate", "side", "quantity", "contract", "price", "lastTick", "session", "orderType", "limit", "lifeTime", "filledQuantity", "remainingQuantity", "filledPrice", "goodTillDate")
    ORDERUPDATETYPE_FIELD_NUMBER: _ClassVar[int]
    OEPROVIDER_FIELD_NUMBER: _ClassVar[int]
    ORDERNUMBER_FIELD_NUMBER: _ClassVar[int]
    ACCOUNTNUMBER_FIELD_NUMBER: _ClassVar[int]
    SALESCODE_FIELD_NUMBER: _ClassVar[int]
    ENTEREDBY_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    ORDERDATE_FIELD_NUMBER: _ClassVar[int]
    SIDE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    LASTTICK_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    ORDERTYPE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    LIFETIME_FIELD_NUMBER: _ClassVar[int]
    FILLEDQUANTITY_FIELD_NUMBER: _ClassVar[int]
    REMAININGQUANTITY_FIELD_NUMBER: _ClassVar[int]
    FILLEDPRICE_FIELD_NUMBER: _ClassVar[int]
    GOODTILLDATE_FIELD_NUMBER: _ClassVar[int]
    orderUpdateType: OrderUpdateType
    oeProvider: OrderEntryProvider
    orderNumber: str
    accountNumber: str
    salesCode: str
    enteredBy: str
    status: str
    orderDate: int
    side: Side
    quantity: str
    contract: str
    price: float
    lastTick: str
    session: OrderSession
    orderType: OrderType
    limit: float
    lifeTime: OrderLifeTime
    filledQuantity: str
    remainingQuantity: str
    filledPrice: float
    goodTillDate: int
    def __init__(self, orderUpdateType: _Optional[_Union[OrderUpdateType, str]] = ..., oeProvider: _Optional[_Union[OrderEntryProvider, str]] = ..., orderNumber: _Optional[str] = ..., accountNumber: _Optional[str] = ..., salesCode: _Optional[str] = ..., enteredBy: _Optional[str] = ..., status: _Optional[str] = ..., orderDate: _Optional[int] = ..., side: _Optional[_Union[Side, str]] = ..., quantity: _Optional[str] = ..., contract: _Optional[str] = ..., price: _Optional[float] = ..., lastTick: _Optional[str] = ..., session: _Optional[_Union[OrderSession, str]] = ..., orderType: _Optional[_Union[OrderType, str]] = ..., limit: _Optional[float] = ..., lifeTime: _Optional[_Union[OrderLifeTime, str]] = ..., filledQuantity: _Optional[str] = ..., remainingQuantity: _Optional[str] = ..., filledPrice: _Optional[float] = ..., goodTillDate: _Optional[int] = ...) -> None: ...

class NetPosition(_message.Message):
    __slots__ = ("oeProvider", "accountNumber", "contract", "side", "quantity", "averagePrice", "positionId", "openTradeEquity")
    OEPROVIDER_FIELD_NUMBER: _ClassVar[int]
    ACCOUNTNUMBER_FIELD_NUMBER: _ClassVar[int]
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    SIDE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    AVERAGEPRICE_FIELD_NUMBER: _ClassVar[int]
    POSITIONID_FIELD_NUMBER: _ClassVar[int]
    OPENTRADEEQUITY_FIELD_NUMBER: _ClassVar[int]
    oeProvider: OrderEntryProvider
    accountNumber: str
    contract: str
    side: PositionSide
    quantity: str
    averagePrice: float
    positionId: str
    openTradeEquity: float
    def __init__(self, oeProvider: _Optional[_Union[OrderEntryProvider, str]] = ..., accountNumber: _Optional[str] = ..., contract: _Optional[str] = ..., side: _Optional[_Union[PositionSide, str]] = ..., quantity: _Optional[str] = ..., averagePrice: _Optional[float] = ..., positionId: _Optional[str] = ..., openTradeEquity: _Optional[float] = ...) -> None: ...

class AccountInformation(_message.Message):
    __slots__ = ("accountNumber", "oeProvider", "currencyCode", "currentInitialMargin", "currentInitialMarginInclOrders", "currentMaintenanceMargin", "currentMaintenanceMarginInclOrders", "sodAccountBalance", "intradayCommissionsApplied", "intradayFeesApplied", "netCashOperations", "grossFuturesProfitLoss", "netOptionPremium", "potentialOptionPremiumPurchase", "equitiesPurchaseSale", "mtmEndingAccountBalance", "mtmTotalOpenTradeEquity", "equitiesMarketValue", "mtmTotalAccountEquity", "netOptionValue", "securitiesOnDeposit", "netLiquidationValue")
    ACCOUNTNUMBER_FIELD_NUMBER: _ClassVar[int]
    OEPROVIDER_FIELD_NUMBER: _ClassVar[int]
    CURRENCYCODE_FIELD_NUMBER: _ClassVar[int]
    CURRENTINITIALMARGIN_FIELD_NUMBER: _ClassVar[int]
    CURRENTINITIALMARGININCLORDERS_FIELD_NUMBER: _ClassVar[int]
    CURRENTMAINTENANCEMARGIN_FIELD_NUMBER: _ClassVar[int]
    CURRENTMAINTENANCEMARGININCLORDERS_FIELD_NUMBER: _ClassVar[int]
    SODACCOUNTBALANCE_FIELD_NUMBER: _ClassVar[int]
    INTRADAYCOMMISSIONSAPPLIED_FIELD_NUMBER: _ClassVar[int]
    INTRADAYFEESAPPLIED_FIELD_NUMBER: _ClassVar[int]
    NETCASHOPERATIONS_FIELD_NUMBER: _ClassVar[int]
    GROSSFUTURESPROFITLOSS_FIELD_NUMBER: _ClassVar[int]
    NETOPTIONPREMIUM_FIELD_NUMBER: _ClassVar[int]
    POTENTIALOPTIONPREMIUMPURCHASE_FIELD_NUMBER: _ClassVar[int]
    EQUITIESPURCHASESALE_FIELD_NUMBER: _ClassVar[int]
    MTMENDINGACCOUNTBALANCE_FIELD_NUMBER: _ClassVar[int]
    MTMTOTALOPENTRADEEQUITY_FIELD_NUMBER: _ClassVar[int]
    EQUITIESMARKETVALUE_FIELD_NUMBER: _ClassVar[int]
    MTMTOTALACCOUNTEQUITY_FIELD_NUMBER: _ClassVar[int]
    NETOPTIONVALUE_FIELD_NUMBER: _ClassVar[int]
    SECURITIESONDEPOSIT_FIELD_NUMBER: _ClassVar[int]
    NETLIQUIDATIONVALUE_FIELD_NUMBER: _ClassVar[int]
    accountNumber: str
    oeProvider: OrderEntryProvider
    currencyCode: str
    currentInitialMargin: float
    currentInitialMarginInclOrders: float
    currentMaintenanceMargin: float
    currentMaintenanceMarginInclOrders: float
    sodAccountBalance: float
    intradayCommissionsApplied: float
    intradayFeesApplied: float
    netCashOperations: float
    grossFuturesProfitLoss: float
    netOptionPremium: float
    potentialOptionPremiumPurchase: float
    equitiesPurchaseSale: float
    mtmEndingAccountBalance: float
    mtmTotalOpenTradeEquity: float
    equitiesMarketValue: float
    mtmTotalAccountEquity: float
    netOptionValue: float
    securitiesOnDeposit: float
    netLiquidationValue: float
    def __init__(self, accountNumber: _Optional[str] = ..., oeProvider: _Optional[_Union[OrderEntryProvider, str]] = ..., currencyCode: _Optional[str] = ..., currentInitialMargin: _Optional[float] = ..., currentInitialMarginInclOrders: _Optional[float] = ..., currentMaintenanceMargin: _Optional[float] = ..., currentMaintenanceMarginInclOrders: _Optional[float] = ..., sodAccountBalance: _Optional[float] = ..., intradayCommissionsApplied: _Optional[float] = ..., intradayFeesApplied: _Optional[float] = ..., netCashOperations: _Optional[float] = ..., grossFuturesProfitLoss: _Optional[float] = ..., netOptionPremium: _Optional[float] = ..., potentialOptionPremiumPurchase: _Optional[float] = ..., equitiesPurchaseSale: _Optional[float] = ..., mtmEndingAccountBalance: _Optional[float] = ..., mtmTotalOpenTradeEquity: _Optional[float] = ..., equitiesMarketValue: _Optional[float] = ..., mtmTotalAccountEquity: _Optional[float] = ..., netOptionValue: _Optional[float] = ..., securitiesOnDeposit: _Optional[float] = ..., netLiquidationValue: _Optional[float] = ...) -> None: ...

class AccountStatusUpdate(_message.Message):
    __slots__ = ("oeProvider", "accountNumber", "status", "isLiveTrading", "text")
    OEPROVIDER_FIELD_NUMBER: _ClassVar[int]
    ACCOUNTNUMBER_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    ISLIVETRADING_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    oeProvider: OrderEntryProvider
    accountNumber: str
    status: ConnectionStatus
    isLiveTrading: bool
    text: str
    def __init__(self, oeProvider: _Optional[_Union[OrderEntryProvider, str]] = ..., accountNumber: _Optional[str] = ..., status: _Optional[_Union[ConnectionStatus, str]] = ..., isLiveTrading: _Optional[bool] = ..., text: _Optional[str] = ...) -> None: ...

class ConnectionStatusUpdateNotification(_message.Message):
    __slots__ = ("oeProvider", "status", "text")
    OEPROVIDER_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    oeProvider: OrderEntryProvider
    status: ConnectionStatus
    text: str
    def __init__(self, oeProvider: _Optional[_Union[OrderEntryProvider, str]] = ..., status: _Optional[_Union[ConnectionStatus, str]] = ..., text: _Optional[str] = ...) -> None: ...
