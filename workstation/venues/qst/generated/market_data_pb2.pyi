# mypy: ignore-errors
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SymbolSource(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_SYMBOL_SOURCE: _ClassVar[SymbolSource]
    QST: _ClassVar[SymbolSource]
    CVS: _ClassVar[SymbolSource]

class CoalescingInterval(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_COALESCING_INTERVAL: _ClassVar[CoalescingInterval]
    UNCOALESCED: _ClassVar[CoalescingInterval]
    _100_MS: _ClassVar[CoalescingInterval]
    _250_MS: _ClassVar[CoalescingInterval]

class SubscriptionType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TOM: _ClassVar[SubscriptionType]
    OUTRIGHT_DOM: _ClassVar[SubscriptionType]
    IMPLIED_DOM: _ClassVar[SubscriptionType]
    COMBINED_DOM: _ClassVar[SubscriptionType]

class TomSubscriptionType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_TOM_SUBSCRIPTION_TYPE: _ClassVar[TomSubscriptionType]
    TRADES_ONLY: _ClassVar[TomSubscriptionType]
    TRADES_BIDS_ASKS: _ClassVar[TomSubscriptionType]

class BookAction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_BOOK_ACTION: _ClassVar[BookAction]
    INSERT: _ClassVar[BookAction]
    UPDATE: _ClassVar[BookAction]
    DELETE: _ClassVar[BookAction]
    APPEND: _ClassVar[BookAction]
    DELETE_FROM: _ClassVar[BookAction]
    DELETE_UNTIL: _ClassVar[BookAction]
    DELETE_ALL: _ClassVar[BookAction]

class BookSide(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNKNOWN_BOOK_SIDE: _ClassVar[BookSide]
    BID: _ClassVar[BookSide]
    ASK: _ClassVar[BookSide]
UNKNOWN_SYMBOL_SOURCE: SymbolSource
QST: SymbolSource
CVS: SymbolSource
UNKNOWN_COALESCING_INTERVAL: CoalescingInterval
UNCOALESCED: CoalescingInterval
_100_MS: CoalescingInterval
_250_MS: CoalescingInterval
TOM: SubscriptionType
OUTRIGHT_DOM: SubscriptionType
IMPLIED_DOM: SubscriptionType
COMBINED_DOM: SubscriptionType
UNKNOWN_TOM_SUBSCRIPTION_TYPE: TomSubscriptionType
TRADES_ONLY: TomSubscriptionType
TRADES_BIDS_ASKS: TomSubscriptionType
UNKNOWN_BOOK_ACTION: BookAction
INSERT: BookAction
UPDATE: BookAction
DELETE: BookAction
APPEND: BookAction
DELETE_FROM: BookAction
DELETE_UNTIL: BookAction
DELETE_ALL: BookAction
UNKNOWN_BOOK_SIDE: BookSide
BID: BookSide
ASK: BookSide

class ClientMessage(_message.Message):
    __slots__ = ("request_id", "login", "translate_instrument_symbol", "instrument_definition", "unsubscribe_quote", "block_trades", "translate_product_symbol", "logout", "product_info", "snapshot_quote", "subscribe_quote")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    LOGIN_FIELD_NUMBER: _ClassVar[int]
    TRANSLATE_INSTRUMENT_SYMBOL_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENT_DEFINITION_FIELD_NUMBER: _ClassVar[int]
    UNSUBSCRIBE_QUOTE_FIELD_NUMBER: _ClassVar[int]
    BLOCK_TRADES_FIELD_NUMBER: _ClassVar[int]
    TRANSLATE_PRODUCT_SYMBOL_FIELD_NUMBER: _ClassVar[int]
    LOGOUT_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_INFO_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_QUOTE_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBE_QUOTE_FIELD_NUMBER: _ClassVar[int]
    request_id: int
    login: LoginRequest
    translate_instrument_symbol: TranslateInstrumentSymbolRequest
    instrument_definition: InstrumentDefinitionRequest
    unsubscribe_quote: UnsubscribeQuoteRequest
    block_trades: BlockTradesRequest
    translate_product_symbol: TranslateProductSymbolRequest
    logout: LogoutRequest
    product_info: ProductInfoRequest
    snapshot_quote: SnapshotQuoteRequest
    subscribe_quote: SubscribeQuoteRequest
    def __init__(self, request_id: _Optional[int] = ..., login: _Optional[_Union[LoginRequest, _Mapping]] = ..., translate_instrument_symbol: _Optional[_Union[TranslateInstrumentSymbolRequest, _Mapping]] = ..., instrument_definition: _Optional[_Union[InstrumentDefinitionRequest, _Mapping]] = ..., unsubscribe_quote: _Optional[_Union[UnsubscribeQuoteRequest, _Mapping]] = ..., block_trades: _Optional[_Union[BlockTradesRequest, _Mapping]] = ..., translate_product_symbol: _Optional[_Union[TranslateProductSymbolRequest, _Mapping]] = ..., logout: _Optional[_Union[LogoutRequest, _Mapping]] = ..., product_info: _Optional[_Union[ProductInfoRequest, _Mapping]] = ..., snapshot_quote: _Optional[_Union[SnapshotQuoteRequest, _Mapping]] = ..., subscribe_quote: _Optional[_Union[SubscribeQuoteRequest, _Mapping]] = ...) -> None: ...

class ServerMessage(_message.Message):
    __slots__ = ("request_id", "login", "logout", "translate_instrument_symbol", "product_info", "instrument_definition", "snapshot_quote", "subscribe_quote", "unsubscribe_quote", "block_trades", "translate_product_symbol", "error_message", "async_quotes", "async_instrument_definitions", "async_block_trades", "async_products_info")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    LOGIN_FIELD_NUMBER: _ClassVar[int]
    LOGOUT_FIELD_NUMBER: _ClassVar[int]
    TRANSLATE_INSTRUMENT_SYMBOL_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_INFO_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENT_DEFINITION_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_QUOTE_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBE_QUOTE_FIELD_NUMBER: _ClassVar[int]
    UNSUBSCRIBE_QUOTE_FIELD_NUMBER: _ClassVar[int]
    BLOCK_TRADES_FIELD_NUMBER: _ClassVar[int]
    TRANSLATE_PRODUCT_SYMBOL_FIELD_NUMBER: _ClassVar[int]
    ERROR_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    ASYNC_QUOTES_FIELD_NUMBER: _ClassVar[int]
    ASYNC_INSTRUMENT_DEFINITIONS_FIELD_NUMBER: _ClassVar[int]
    ASYNC_BLOCK_TRADES_FIELD_NUMBER: _ClassVar[int]
    ASYNC_PRODUCTS_INFO_FIELD_NUMBER: _ClassVar[int]
    request_id: int
    login: LoginResponse
    logout: LogoutResponse
    translate_instrument_symbol: TranslateInstrumentSymbolResponse
    product_info: ProductInfoResponse
    instrument_definition: InstrumentDefinitionResponse
    snapshot_quote: SnapshotQuoteResponse
    subscribe_quote: SubscribeQuoteResponse
    unsubscribe_quote: UnsubscribeQuoteResponse
    block_trades: BlockTradesResponse
    translate_product_symbol: TranslateProductSymbolResponse
    error_message: ErrorMessageResponse
    async_quotes: AsyncQuotes
    async_instrument_definitions: InstrumentDefinitions
    async_block_trades: BlockTrades
    async_products_info: ProductsInfo
    def __init__(self, request_id: _Optional[int] = ..., login: _Optional[_Union[LoginResponse, _Mapping]] = ..., logout: _Optional[_Union[LogoutResponse, _Mapping]] = ..., translate_instrument_symbol: _Optional[_Union[TranslateInstrumentSymbolResponse, _Mapping]] = ..., product_info: _Optional[_Union[ProductInfoResponse, _Mapping]] = ..., instrument_definition: _Optional[_Union[InstrumentDefinitionResponse, _Mapping]] = ..., snapshot_quote: _Optional[_Union[SnapshotQuoteResponse, _Mapping]] = ..., subscribe_quote: _Optional[_Union[SubscribeQuoteResponse, _Mapping]] = ..., unsubscribe_quote: _Optional[_Union[UnsubscribeQuoteResponse, _Mapping]] = ..., block_trades: _Optional[_Union[BlockTradesResponse, _Mapping]] = ..., translate_product_symbol: _Optional[_Union[TranslateProductSymbolResponse, _Mapping]] = ..., error_message: _Optional[_Union[ErrorMessageResponse, _Mapping]] = ..., async_quotes: _Optional[_Union[AsyncQuotes, _Mapping]] = ..., async_instrument_definitions: _Optional[_Union[InstrumentDefinitions, _Mapping]] = ..., async_block_trades: _Optional[_Union[BlockTrades, _Mapping]] = ..., async_products_info: _Optional[_Union[ProductsInfo, _Mapping]] = ...) -> None: ...

class ErrorMessageResponse(_message.Message):
    __slots__ = ("message",)
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    message: str
    def __init__(self, message: _Optional[str] = ...) -> None: ...

class LoginRequest(_message.Message):
    __slots__ = ("user_name", "password", "client_id", "user_preferences")
    USER_NAME_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_FIELD_NUMBER: _ClassVar[int]
    CLIENT_ID_FIELD_NUMBER: _ClassVar[int]
    USER_PREFERENCES_FIELD_NUMBER: _ClassVar[int]
    user_name: str
    password: Password
    client_id: str
    user_preferences: UserPreferences
    def __init__(self, user_name: _Optional[str] = ..., password: _Optional[_Union[Password, _Mapping]] = ..., client_id: _Optional[str] = ..., user_preferences: _Optional[_Union[UserPreferences, _Mapping]] = ...) -> None: ...

class Password(_message.Message):
    __slots__ = ("version", "value")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    version: int
    value: str
    def __init__(self, version: _Optional[int] = ..., value: _Optional[str] = ...) -> None: ...

class UserPreferences(_message.Message):
    __slots__ = ("coalescing_interval", "coalesce_last_trade")
    COALESCING_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    COALESCE_LAST_TRADE_FIELD_NUMBER: _ClassVar[int]
    coalescing_interval: CoalescingInterval
    coalesce_last_trade: bool
    def __init__(self, coalescing_interval: _Optional[_Union[CoalescingInterval, str]] = ..., coalesce_last_trade: _Optional[bool] = ...) -> None: ...

class LoginResponse(_message.Message):
    __slots__ = ("success", "message")
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    success: bool
    message: str
    def __init__(self, success: _Optional[bool] = ..., message: _Optional[str] = ...) -> None: ...

class LogoutRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class LogoutResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class TranslateInstrumentSymbolRequest(_message.Message):
    __slots__ = ("symbol_source", "instrument_symbols")
    SYMBOL_SOURCE_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENT_SYMBOLS_FIELD_NUMBER: _ClassVar[int]
    symbol_source: SymbolSource
    instrument_symbols: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, symbol_source: _Optional[_Union[SymbolSource, str]] = ..., instrument_symbols: _Optional[_Iterable[str]] = ...) -> None: ...

class TranslateInstrumentSymbolResponse(_message.Message):
    __slots__ = ("records",)
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    records: _containers.RepeatedCompositeFieldContainer[TranslateInstrumentSymbolRecord]
    def __init__(self, records: _Optional[_Iterable[_Union[TranslateInstrumentSymbolRecord, _Mapping]]] = ...) -> None: ...

class TranslateInstrumentSymbolRecord(_message.Message):
    __slots__ = ("instrument_symbol", "instrument_id", "error_message")
    INSTRUMENT_SYMBOL_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    ERROR_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    instrument_symbol: str
    instrument_id: int
    error_message: str
    def __init__(self, instrument_symbol: _Optional[str] = ..., instrument_id: _Optional[int] = ..., error_message: _Optional[str] = ...) -> None: ...

class TranslateProductSymbolRequest(_message.Message):
    __slots__ = ("symbol_source", "request_records")
    SYMBOL_SOURCE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_RECORDS_FIELD_NUMBER: _ClassVar[int]
    symbol_source: SymbolSource
    request_records: _containers.RepeatedCompositeFieldContainer[TranslateProductSymbolRequestRecord]
    def __init__(self, symbol_source: _Optional[_Union[SymbolSource, str]] = ..., request_records: _Optional[_Iterable[_Union[TranslateProductSymbolRequestRecord, _Mapping]]] = ...) -> None: ...

class TranslateProductSymbolRequestRecord(_message.Message):
    __slots__ = ("product_symbol", "product_type_id", "strategy_type")
    PRODUCT_SYMBOL_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_TYPE_ID_FIELD_NUMBER: _ClassVar[int]
    STRATEGY_TYPE_FIELD_NUMBER: _ClassVar[int]
    product_symbol: str
    product_type_id: int
    strategy_type: str
    def __init__(self, product_symbol: _Optional[str] = ..., product_type_id: _Optional[int] = ..., strategy_type: _Optional[str] = ...) -> None: ...

class TranslateProductSymbolResponse(_message.Message):
    __slots__ = ("response_records",)
    RESPONSE_RECORDS_FIELD_NUMBER: _ClassVar[int]
    response_records: _containers.RepeatedCompositeFieldContainer[TranslateProductSymbolResponseRecord]
    def __init__(self, response_records: _Optional[_Iterable[_Union[TranslateProductSymbolResponseRecord, _Mapping]]] = ...) -> None: ...

class TranslateProductSymbolResponseRecord(_message.Message):
    __slots__ = ("product_ids", "error_message")
    PRODUCT_IDS_FIELD_NUMBER: _ClassVar[int]
    ERROR_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    product_ids: _containers.RepeatedScalarFieldContainer[int]
    error_message: str
    def __init__(self, product_ids: _Optional[_Iterable[int]] = ..., error_message: _Optional[str] = ...) -> None: ...

class ProductInfoRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ProductInfoResponse(_message.Message):
    __slots__ = ("exchanges", "global_market_sectors", "product_types", "option_types", "trading_sessions", "strategy_types", "future_types", "product_families", "products")
    EXCHANGES_FIELD_NUMBER: _ClassVar[int]
    GLOBAL_MARKET_SECTORS_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_TYPES_FIELD_NUMBER: _ClassVar[int]
    OPTION_TYPES_FIELD_NUMBER: _ClassVar[int]
    TRADING_SESSIONS_FIELD_NUMBER: _ClassVar[int]
    STRATEGY_TYPES_FIELD_NUMBER: _ClassVar[int]
    FUTURE_TYPES_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FAMILIES_FIELD_NUMBER: _ClassVar[int]
    PRODUCTS_FIELD_NUMBER: _ClassVar[int]
    exchanges: _containers.RepeatedCompositeFieldContainer[Exchange]
    global_market_sectors: _containers.RepeatedCompositeFieldContainer[GlobalMarketSector]
    product_types: _containers.RepeatedCompositeFieldContainer[ProductType]
    option_types: _containers.RepeatedCompositeFieldContainer[OptionType]
    trading_sessions: _containers.RepeatedCompositeFieldContainer[TradingSession]
    strategy_types: _containers.RepeatedCompositeFieldContainer[StrategyType]
    future_types: _containers.RepeatedCompositeFieldContainer[FutureType]
    product_families: _containers.RepeatedCompositeFieldContainer[ProductFamily]
    products: _containers.RepeatedCompositeFieldContainer[Product]
    def __init__(self, exchanges: _Optional[_Iterable[_Union[Exchange, _Mapping]]] = ..., global_market_sectors: _Optional[_Iterable[_Union[GlobalMarketSector, _Mapping]]] = ..., product_types: _Optional[_Iterable[_Union[ProductType, _Mapping]]] = ..., option_types: _Optional[_Iterable[_Union[OptionType, _Mapping]]] = ..., trading_sessions: _Optional[_Iterable[_Union[TradingSession, _Mapping]]] = ..., strategy_types: _Optional[_Iterable[_Union[StrategyType, _Mapping]]] = ..., future_types: _Optional[_Iterable[_Union[FutureType, _Mapping]]] = ..., product_families: _Optional[_Iterable[_Union[ProductFamily, _Mapping]]] = ..., products: _Optional[_Iterable[_Union[Product, _Mapping]]] = ...) -> None: ...

class Exchange(_message.Message):
    __slots__ = ("exchange_id", "name", "mic")
    EXCHANGE_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    MIC_FIELD_NUMBER: _ClassVar[int]
    exchange_id: int
    name: str
    mic: str
    def __init__(self, exchange_id: _Optional[int] = ..., name: _Optional[str] = ..., mic: _Optional[str] = ...) -> None: ...

class GlobalMarketSector(_message.Message):
    __slots__ = ("global_market_sector_id", "name")
    GLOBAL_MARKET_SECTOR_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    global_market_sector_id: int
    name: str
    def __init__(self, global_market_sector_id: _Optional[int] = ..., name: _Optional[str] = ...) -> None: ...

class ProductType(_message.Message):
    __slots__ = ("product_type_id", "name")
    PRODUCT_TYPE_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    product_type_id: int
    name: str
    def __init__(self, product_type_id: _Optional[int] = ..., name: _Optional[str] = ...) -> None: ...

class OptionType(_message.Message):
    __slots__ = ("option_type_id", "name")
    OPTION_TYPE_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    option_type_id: int
    name: str
    def __init__(self, option_type_id: _Optional[int] = ..., name: _Optional[str] = ...) -> None: ...

class TradingSession(_message.Message):
    __slots__ = ("trading_session_id", "name")
    TRADING_SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    trading_session_id: int
    name: str
    def __init__(self, trading_session_id: _Optional[int] = ..., name: _Optional[str] = ...) -> None: ...

class StrategyType(_message.Message):
    __slots__ = ("strategy_type_id", "name", "code")
    STRATEGY_TYPE_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    strategy_type_id: int
    name: str
    code: str
    def __init__(self, strategy_type_id: _Optional[int] = ..., name: _Optional[str] = ..., code: _Optional[str] = ...) -> None: ...

class FutureType(_message.Message):
    __slots__ = ("future_type_id", "name")
    FUTURE_TYPE_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    future_type_id: int
    name: str
    def __init__(self, future_type_id: _Optional[int] = ..., name: _Optional[str] = ...) -> None: ...

class ProductFamily(_message.Message):
    __slots__ = ("product_family_id", "exchange_id", "global_market_sector_id", "name", "symbol", "currency")
    PRODUCT_FAMILY_ID_FIELD_NUMBER: _ClassVar[int]
    EXCHANGE_ID_FIELD_NUMBER: _ClassVar[int]
    GLOBAL_MARKET_SECTOR_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SYMBOL_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    product_family_id: int
    exchange_id: int
    global_market_sector_id: int
    name: str
    symbol: str
    currency: str
    def __init__(self, product_family_id: _Optional[int] = ..., exchange_id: _Optional[int] = ..., global_market_sector_id: _Optional[int] = ..., name: _Optional[str] = ..., symbol: _Optional[str] = ..., currency: _Optional[str] = ...) -> None: ...

class Product(_message.Message):
    __slots__ = ("product_id", "product_family_id", "product_type_id", "trading_session_id", "strategy_type_id", "name", "symbol", "price_exponent", "tick_size", "tick_value", "display_denominator")
    PRODUCT_ID_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FAMILY_ID_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_TYPE_ID_FIELD_NUMBER: _ClassVar[int]
    TRADING_SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    STRATEGY_TYPE_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SYMBOL_FIELD_NUMBER: _ClassVar[int]
    PRICE_EXPONENT_FIELD_NUMBER: _ClassVar[int]
    TICK_SIZE_FIELD_NUMBER: _ClassVar[int]
    TICK_VALUE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_DENOMINATOR_FIELD_NUMBER: _ClassVar[int]
    product_id: int
    product_family_id: int
    product_type_id: int
    trading_session_id: int
    strategy_type_id: int
    name: str
    symbol: str
    price_exponent: int
    tick_size: float
    tick_value: float
    display_denominator: int
    def __init__(self, product_id: _Optional[int] = ..., product_family_id: _Optional[int] = ..., product_type_id: _Optional[int] = ..., trading_session_id: _Optional[int] = ..., strategy_type_id: _Optional[int] = ..., name: _Optional[str] = ..., symbol: _Optional[str] = ..., price_exponent: _Optional[int] = ..., tick_size: _Optional[float] = ..., tick_value: _Optional[float] = ..., display_denominator: _Optional[int] = ...) -> None: ...

class InstrumentDefinitionRequest(_message.Message):
    __slots__ = ("instrument_ids", "product_ids", "product_type_ids", "product_family_ids", "exchange_ids", "subscribe_to_async_def")
    INSTRUMENT_IDS_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_IDS_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_TYPE_IDS_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FAMILY_IDS_FIELD_NUMBER: _ClassVar[int]
    EXCHANGE_IDS_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBE_TO_ASYNC_DEF_FIELD_NUMBER: _ClassVar[int]
    instrument_ids: _containers.RepeatedScalarFieldContainer[int]
    product_ids: _containers.RepeatedScalarFieldContainer[int]
    product_type_ids: _containers.RepeatedScalarFieldContainer[int]
    product_family_ids: _containers.RepeatedScalarFieldContainer[int]
    exchange_ids: _containers.RepeatedScalarFieldContainer[int]
    subscribe_to_async_def: bool
    def __init__(self, instrument_ids: _Optional[_Iterable[int]] = ..., product_ids: _Optional[_Iterable[int]] = ..., product_type_ids: _Optional[_Iterable[int]] = ..., product_family_ids: _Optional[_Iterable[int]] = ..., exchange_ids: _Optional[_Iterable[int]] = ..., subscribe_to_async_def: _Optional[bool] = ...) -> None: ...

class InstrumentDefinitionResponse(_message.Message):
    __slots__ = ("records",)
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    records: _containers.RepeatedCompositeFieldContainer[InstrumentDefinitionResponseRecord]
    def __init__(self, records: _Optional[_Iterable[_Union[InstrumentDefinitionResponseRecord, _Mapping]]] = ...) -> None: ...

class InstrumentDefinitionResponseRecord(_message.Message):
    __slots__ = ("instrument_definition", "instrument_definition_error")
    INSTRUMENT_DEFINITION_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENT_DEFINITION_ERROR_FIELD_NUMBER: _ClassVar[int]
    instrument_definition: InstrumentDefinition
    instrument_definition_error: InstrumentDefinitionError
    def __init__(self, instrument_definition: _Optional[_Union[InstrumentDefinition, _Mapping]] = ..., instrument_definition_error: _Optional[_Union[InstrumentDefinitionError, _Mapping]] = ...) -> None: ...

class InstrumentDefinitionError(_message.Message):
    __slots__ = ("message",)
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    message: str
    def __init__(self, message: _Optional[str] = ...) -> None: ...

class InstrumentDefinition(_message.Message):
    __slots__ = ("instrument_id", "product_id", "symbol", "description", "maturity_year", "maturity_month", "maturity_day", "strike", "is_put", "underlying_instrument_id", "legs", "is_expired")
    INSTRUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_ID_FIELD_NUMBER: _ClassVar[int]
    SYMBOL_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    MATURITY_YEAR_FIELD_NUMBER: _ClassVar[int]
    MATURITY_MONTH_FIELD_NUMBER: _ClassVar[int]
    MATURITY_DAY_FIELD_NUMBER: _ClassVar[int]
    STRIKE_FIELD_NUMBER: _ClassVar[int]
    IS_PUT_FIELD_NUMBER: _ClassVar[int]
    UNDERLYING_INSTRUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    LEGS_FIELD_NUMBER: _ClassVar[int]
    IS_EXPIRED_FIELD_NUMBER: _ClassVar[int]
    instrument_id: int
    product_id: int
    symbol: str
    description: str
    maturity_year: int
    maturity_month: int
    maturity_day: int
    strike: Price
    is_put: bool
    underlying_instrument_id: int
    legs: _containers.RepeatedCompositeFieldContainer[InstrumentLeg]
    is_expired: bool
    def __init__(self, instrument_id: _Optional[int] = ..., product_id: _Optional[int] = ..., symbol: _Optional[str] = ..., description: _Optional[str] = ..., maturity_year: _Optional[int] = ..., maturity_month: _Optional[int] = ..., maturity_day: _Optional[int] = ..., strike: _Optional[_Union[Price, _Mapping]] = ..., is_put: _Optional[bool] = ..., underlying_instrument_id: _Optional[int] = ..., legs: _Optional[_Iterable[_Union[InstrumentLeg, _Mapping]]] = ..., is_expired: _Optional[bool] = ...) -> None: ...

class InstrumentLeg(_message.Message):
    __slots__ = ("leg_index", "instrument_id", "ratio", "maturity_year", "maturity_month")
    LEG_INDEX_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    RATIO_FIELD_NUMBER: _ClassVar[int]
    MATURITY_YEAR_FIELD_NUMBER: _ClassVar[int]
    MATURITY_MONTH_FIELD_NUMBER: _ClassVar[int]
    leg_index: int
    instrument_id: int
    ratio: int
    maturity_year: int
    maturity_month: int
    def __init__(self, leg_index: _Optional[int] = ..., instrument_id: _Optional[int] = ..., ratio: _Optional[int] = ..., maturity_year: _Optional[int] = ..., maturity_month: _Optional[int] = ...) -> None: ...

class Price(_message.Message):
    __slots__ = ("mantissa", "exponent")
    MANTISSA_FIELD_NUMBER: _ClassVar[int]
    EXPONENT_FIELD_NUMBER: _ClassVar[int]
    mantissa: int
    exponent: int
    def __init__(self, mantissa: _Optional[int] = ..., exponent: _Optional[int] = ...) -> None: ...

class SnapshotQuoteRequest(_message.Message):
    __slots__ = ("quote_subscribe_records",)
    QUOTE_SUBSCRIBE_RECORDS_FIELD_NUMBER: _ClassVar[int]
    quote_subscribe_records: _containers.RepeatedCompositeFieldContainer[QuoteSubscribeRecord]
    def __init__(self, quote_subscribe_records: _Optional[_Iterable[_Union[QuoteSubscribeRecord, _Mapping]]] = ...) -> None: ...

class SubscribeQuoteRequest(_message.Message):
    __slots__ = ("quote_subscribe_records",)
    QUOTE_SUBSCRIBE_RECORDS_FIELD_NUMBER: _ClassVar[int]
    quote_subscribe_records: _containers.RepeatedCompositeFieldContainer[QuoteSubscribeRecord]
    def __init__(self, quote_subscribe_records: _Optional[_Iterable[_Union[QuoteSubscribeRecord, _Mapping]]] = ...) -> None: ...

class QuoteSubscribeRecord(_message.Message):
    __slots__ = ("instrument_id", "subscribe_types", "tom_subscription_type")
    INSTRUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBE_TYPES_FIELD_NUMBER: _ClassVar[int]
    TOM_SUBSCRIPTION_TYPE_FIELD_NUMBER: _ClassVar[int]
    instrument_id: int
    subscribe_types: _containers.RepeatedScalarFieldContainer[SubscriptionType]
    tom_subscription_type: TomSubscriptionType
    def __init__(self, instrument_id: _Optional[int] = ..., subscribe_types: _Optional[_Iterable[_Union[SubscriptionType, str]]] = ..., tom_subscription_type: _Optional[_Union[TomSubscriptionType, str]] = ...) -> None: ...

class SnapshotQuoteResponse(_message.Message):
    __slots__ = ("snapshots",)
    SNAPSHOTS_FIELD_NUMBER: _ClassVar[int]
    snapshots: _containers.RepeatedCompositeFieldContainer[Snapshot]
    def __init__(self, snapshots: _Optional[_Iterable[_Union[Snapshot, _Mapping]]] = ...) -> None: ...

class SubscribeQuoteResponse(_message.Message):
    __slots__ = ("snapshots",)
    SNAPSHOTS_FIELD_NUMBER: _ClassVar[int]
    snapshots: _containers.RepeatedCompositeFieldContainer[Snapshot]
    def __init__(self, snapshots: _Optional[_Iterable[_Union[Snapshot, _Mapping]]] = ...) -> None: ...

class UnsubscribeQuoteRequest(_message.Message):
    __slots__ = ("quote_unsubscribe_records",)
    QUOTE_UNSUBSCRIBE_RECORDS_FIELD_NUMBER: _ClassVar[int]
    quote_unsubscribe_records: _containers.RepeatedCompositeFieldContainer[QuoteUnsubscribeRecord]
    def __init__(self, quote_unsubscribe_records: _Optional[_Iterable[_Union[QuoteUnsubscribeRecord, _Mapping]]] = ...) -> None: ...

class QuoteUnsubscribeRecord(_message.Message):
    __slots__ = ("instrument_id", "unsubscribe_types")
    INSTRUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNSUBSCRIBE_TYPES_FIELD_NUMBER: _ClassVar[int]
    instrument_id: int
    unsubscribe_types: _containers.RepeatedScalarFieldContainer[SubscriptionType]
    def __init__(self, instrument_id: _Optional[int] = ..., unsubscribe_types: _Optional[_Iterable[_Union[SubscriptionType, str]]] = ...) -> None: ...

class UnsubscribeQuoteResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Snapshot(_message.Message):
    __slots__ = ("instrument_id", "tom", "outright_dom", "implied_dom", "combined_dom", "price_exponent", "error_message")
    INSTRUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    TOM_FIELD_NUMBER: _ClassVar[int]
    OUTRIGHT_DOM_FIELD_NUMBER: _ClassVar[int]
    IMPLIED_DOM_FIELD_NUMBER: _ClassVar[int]
    COMBINED_DOM_FIELD_NUMBER: _ClassVar[int]
    PRICE_EXPONENT_FIELD_NUMBER: _ClassVar[int]
    ERROR_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    instrument_id: int
    tom: TomComplete
    outright_dom: DomBookSnapshot
    implied_dom: DomBookSnapshot
    combined_dom: DomBookSnapshot
    price_exponent: int
    error_message: str
    def __init__(self, instrument_id: _Optional[int] = ..., tom: _Optional[_Union[TomComplete, _Mapping]] = ..., outright_dom: _Optional[_Union[DomBookSnapshot, _Mapping]] = ..., implied_dom: _Optional[_Union[DomBookSnapshot, _Mapping]] = ..., combined_dom: _Optional[_Union[DomBookSnapshot, _Mapping]] = ..., price_exponent: _Optional[int] = ..., error_message: _Optional[str] = ...) -> None: ...

class TomComplete(_message.Message):
    __slots__ = ("open", "high", "low", "close", "settlement", "previous_settlement", "last_trade", "best_bid", "best_ask", "volume", "open_interest", "trading_day", "security_status")
    OPEN_FIELD_NUMBER: _ClassVar[int]
    HIGH_FIELD_NUMBER: _ClassVar[int]
    LOW_FIELD_NUMBER: _ClassVar[int]
    CLOSE_FIELD_NUMBER: _ClassVar[int]
    SETTLEMENT_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_SETTLEMENT_FIELD_NUMBER: _ClassVar[int]
    LAST_TRADE_FIELD_NUMBER: _ClassVar[int]
    BEST_BID_FIELD_NUMBER: _ClassVar[int]
    BEST_ASK_FIELD_NUMBER: _ClassVar[int]
    VOLUME_FIELD_NUMBER: _ClassVar[int]
    OPEN_INTEREST_FIELD_NUMBER: _ClassVar[int]
    TRADING_DAY_FIELD_NUMBER: _ClassVar[int]
    SECURITY_STATUS_FIELD_NUMBER: _ClassVar[int]
    open: Price
    high: Price
    low: Price
    close: Price
    settlement: Price
    previous_settlement: Price
    last_trade: Trade
    best_bid: PriceLevel
    best_ask: PriceLevel
    volume: int
    open_interest: int
    trading_day: int
    security_status: str
    def __init__(self, open: _Optional[_Union[Price, _Mapping]] = ..., high: _Optional[_Union[Price, _Mapping]] = ..., low: _Optional[_Union[Price, _Mapping]] = ..., close: _Optional[_Union[Price, _Mapping]] = ..., settlement: _Optional[_Union[Price, _Mapping]] = ..., previous_settlement: _Optional[_Union[Price, _Mapping]] = ..., last_trade: _Optional[_Union[Trade, _Mapping]] = ..., best_bid: _Optional[_Union[PriceLevel, _Mapping]] = ..., best_ask: _Optional[_Union[PriceLevel, _Mapping]] = ..., volume: _Optional[int] = ..., open_interest: _Optional[int] = ..., trading_day: _Optional[int] = ..., security_status: _Optional[str] = ...) -> None: ...

class Trade(_message.Message):
    __slots__ = ("price", "size", "timestamp", "sequence_number")
    PRICE_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    price: Price
    size: int
    timestamp: int
    sequence_number: int
    def __init__(self, price: _Optional[_Union[Price, _Mapping]] = ..., size: _Optional[int] = ..., timestamp: _Optional[int] = ..., sequence_number: _Optional[int] = ...) -> None: ...

class PriceLevel(_message.Message):
    __slots__ = ("price", "size", "order_count", "timestamp")
    PRICE_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    ORDER_COUNT_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    price: Price
    size: int
    order_count: int
    timestamp: int
    def __init__(self, price: _Optional[_Union[Price, _Mapping]] = ..., size: _Optional[int] = ..., order_count: _Optional[int] = ..., timestamp: _Optional[int] = ...) -> None: ...

class DomBookSnapshot(_message.Message):
    __slots__ = ("market_depth", "dom_book")
    MARKET_DEPTH_FIELD_NUMBER: _ClassVar[int]
    DOM_BOOK_FIELD_NUMBER: _ClassVar[int]
    market_depth: int
    dom_book: DomBook
    def __init__(self, market_depth: _Optional[int] = ..., dom_book: _Optional[_Union[DomBook, _Mapping]] = ...) -> None: ...

class DomBook(_message.Message):
    __slots__ = ("entries",)
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[DomBookEntry]
    def __init__(self, entries: _Optional[_Iterable[_Union[DomBookEntry, _Mapping]]] = ...) -> None: ...

class DomBookEntry(_message.Message):
    __slots__ = ("book_action", "level", "side", "price", "size", "order_count")
    BOOK_ACTION_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    SIDE_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    ORDER_COUNT_FIELD_NUMBER: _ClassVar[int]
    book_action: BookAction
    level: int
    side: BookSide
    price: Price
    size: int
    order_count: int
    def __init__(self, book_action: _Optional[_Union[BookAction, str]] = ..., level: _Optional[int] = ..., side: _Optional[_Union[BookSide, str]] = ..., price: _Optional[_Union[Price, _Mapping]] = ..., size: _Optional[int] = ..., order_count: _Optional[int] = ...) -> None: ...

class AsyncQuotes(_message.Message):
    __slots__ = ("quotes",)
    QUOTES_FIELD_NUMBER: _ClassVar[int]
    quotes: _containers.RepeatedCompositeFieldContainer[AsyncQuote]
    def __init__(self, quotes: _Optional[_Iterable[_Union[AsyncQuote, _Mapping]]] = ...) -> None: ...

class AsyncQuote(_message.Message):
    __slots__ = ("instrument_id", "tom", "outright_dom", "implied_dom", "combined_dom", "trades")
    INSTRUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    TOM_FIELD_NUMBER: _ClassVar[int]
    OUTRIGHT_DOM_FIELD_NUMBER: _ClassVar[int]
    IMPLIED_DOM_FIELD_NUMBER: _ClassVar[int]
    COMBINED_DOM_FIELD_NUMBER: _ClassVar[int]
    TRADES_FIELD_NUMBER: _ClassVar[int]
    instrument_id: int
    tom: TomComplete
    outright_dom: DomBookSnapshot
    implied_dom: DomBookSnapshot
    combined_dom: DomBookSnapshot
    trades: _containers.RepeatedCompositeFieldContainer[Trade]
    def __init__(self, instrument_id: _Optional[int] = ..., tom: _Optional[_Union[TomComplete, _Mapping]] = ..., outright_dom: _Optional[_Union[DomBookSnapshot, _Mapping]] = ..., implied_dom: _Optional[_Union[DomBookSnapshot, _Mapping]] = ..., combined_dom: _Optional[_Union[DomBookSnapshot, _Mapping]] = ..., trades: _Optional[_Iterable[_Union[Trade, _Mapping]]] = ...) -> None: ...

class InstrumentDefinitions(_message.Message):
    __slots__ = ("definitions",)
    DEFINITIONS_FIELD_NUMBER: _ClassVar[int]
    definitions: _containers.RepeatedCompositeFieldContainer[InstrumentDefinition]
    def __init__(self, definitions: _Optional[_Iterable[_Union[InstrumentDefinition, _Mapping]]] = ...) -> None: ...

class ProductsInfo(_message.Message):
    __slots__ = ("products", "product_families")
    PRODUCTS_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FAMILIES_FIELD_NUMBER: _ClassVar[int]
    products: _containers.RepeatedCompositeFieldContainer[Product]
    product_families: _containers.RepeatedCompositeFieldContainer[ProductFamily]
    def __init__(self, products: _Optional[_Iterable[_Union[Product, _Mapping]]] = ..., product_families: _Optional[_Iterable[_Union[ProductFamily, _Mapping]]] = ...) -> None: ...

class BlockTradesRequest(_message.Message):
    __slots__ = ("from_date", "to_date")
    FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    TO_DATE_FIELD_NUMBER: _ClassVar[int]
    from_date: int
    to_date: int
    def __init__(self, from_date: _Optional[int] = ..., to_date: _Optional[int] = ...) -> None: ...

class BlockTradesResponse(_message.Message):
    __slots__ = ("block_trades",)
    BLOCK_TRADES_FIELD_NUMBER: _ClassVar[int]
    block_trades: _containers.RepeatedCompositeFieldContainer[BlockTrade]
    def __init__(self, block_trades: _Optional[_Iterable[_Union[BlockTrade, _Mapping]]] = ...) -> None: ...

class BlockTrades(_message.Message):
    __slots__ = ("block_trades",)
    BLOCK_TRADES_FIELD_NUMBER: _ClassVar[int]
    block_trades: _containers.RepeatedCompositeFieldContainer[BlockTrade]
    def __init__(self, block_trades: _Optional[_Iterable[_Union[BlockTrade, _Mapping]]] = ...) -> None: ...

class BlockTrade(_message.Message):
    __slots__ = ("instrument_id", "price", "size", "trade_date", "sequence_number")
    INSTRUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    TRADE_DATE_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    instrument_id: int
    price: Price
    size: int
    trade_date: int
    sequence_number: int
    def __init__(self, instrument_id: _Optional[int] = ..., price: _Optional[_Union[Price, _Mapping]] = ..., size: _Optional[int] = ..., trade_date: _Optional[int] = ..., sequence_number: _Optional[int] = ...) -> None: ...
