/**
 * Everything that travels between a hub and its screens, as types.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

// ------------------------------------------------------------------ what travels

/** Add an item to the menu; `price` in minor units of the restaurant's currency. */
export interface AddItem {
  readonly restaurantId: string;
  readonly sectionId: string;
  readonly name: string;
  readonly description?: string | null;
  readonly price: number;
  readonly station: string;
  readonly stationsByKind?: Readonly<Partial<Record<OrderKind, string>>>;
  readonly prepSeconds?: number;
  readonly allergens?: readonly string[];
  readonly dietTags?: readonly string[];
  readonly portionsLeft?: number | null;
  readonly modifierGroups?: readonly NewModifierGroup[];
}

/** Add lines to an order that is still open. */
export interface AddLines {
  readonly orderId: string;
  readonly lines: readonly WantedLine[];
}

/** Add a section to the menu. */
export interface AddMenuSection {
  readonly restaurantId: string;
  readonly name: string;
}

/** Add a section to the floor. */
export interface AddSection {
  readonly restaurantId: string;
  readonly name: string;
}

/** Add a station to the kitchen. */
export interface AddStation {
  readonly restaurantId: string;
  readonly name: string;
}

/** Put a table on the plan. `x` and `y` are hundredths of a per cent of the room's width and height. */
export interface AddTable {
  readonly restaurantId: string;
  readonly sectionId: string;
  readonly name: string;
  readonly seats: number;
  readonly x?: number;
  readonly y?: number;
}

/** Something waits longer than the house allows: a ticket, with its order and station, or a table. */
export interface Alert {
  readonly alertId: string;
  readonly kind: AlertKind;
  readonly ticketId: string | null;
  readonly orderId: string | null;
  readonly stationId: string | null;
  readonly tableId: string | null;
  readonly raisedAt: string;
}

/** What the alert was about has been taken care of. */
export interface AlertCleared {
  readonly alertId: string;
}

export type AlertKind = "ticket_not_started" | "table_waiting" | "ticket_not_seen";

/**
 * Something waits longer than the house allows.
 *
 * A ticket that nobody started, a table that nobody asked, or a ticket that no screen of its station has shown.
 */
export interface AlertRaised {
  readonly alertId: string;
  readonly kind: AlertKind;
  readonly ticketId: string | null;
  readonly orderId: string | null;
  readonly stationId: string | null;
  readonly tableId: string | null;
}

/** Tell everyone something. For operators of the hub. */
export interface Announce {
  readonly title: string;
  readonly message: string;
  readonly type?: NoticeKind;
}

/** The last announcements, newest first. */
export interface AnnouncementsBoard {
  readonly announcements: readonly Notice[];
}

/** The socket is somebody's, and entered the rooms that everybody is in. The rest is as in a beat. */
export interface Authenticated {
  readonly userId: string | null;
  readonly rooms: Readonly<Record<string, Position>>;
  readonly at: string;
  readonly screens: string | null;
  readonly behindSeconds: number;
}

/**
 * The connection lives, this is the hub's time, and this is how far the hub can vouch for what it delivered.
 *
 * `screens` is the stamp of the screens that this hub serves: another one than yours means that yours are old. Before
 * `behindSeconds` ago nothing was recorded that this hub has not delivered since; about a second when all is well.
 */
export interface Beat {
  readonly at: string;
  readonly screens: string | null;
  readonly behindSeconds: number;
}

/** My station is done with this. */
export interface BumpTicket {
  readonly ticketId: string;
}

/**
 * One room of a hub, how many are in it, and where it stands.
 *
 * `head` is the number of its ledger's last entry that was delivered here; after `seq` there was none for this room.
 * `entriesBehind` is how many of its ledger the hub has heard of and lacks.
 */
export interface BusyRoom {
  readonly room: string;
  readonly members: number;
  readonly seq: number;
  readonly head: number;
  readonly entriesBehind: number;
}

/** Take the whole order back. Once anything is fired only a manager can. */
export interface CancelOrder {
  readonly orderId: string;
  readonly reason?: string | null;
}

/** Change an item. What is not named stays as it is; modifier groups are replaced as a whole. */
export interface ChangeItem {
  readonly itemId: string;
  readonly sectionId?: string | null;
  readonly name?: string | null;
  readonly description?: string | null;
  readonly price?: number | null;
  readonly station?: string | null;
  readonly stationsByKind?: Readonly<Partial<Record<OrderKind, string>>> | null;
  readonly prepSeconds?: number | null;
  readonly allergens?: readonly string[] | null;
  readonly dietTags?: readonly string[] | null;
  readonly portionsLeft?: number | null;
  readonly modifierGroups?: readonly NewModifierGroup[] | null;
}

/** Change a table on the plan. What is not named stays as it is. */
export interface ChangeTable {
  readonly tableId: string;
  readonly sectionId?: string | null;
  readonly name?: string | null;
  readonly seats?: number | null;
  readonly x?: number | null;
  readonly y?: number | null;
}

/** A modifier as it was chosen: name and price are of that moment. */
export interface ChosenModifier {
  readonly modifierId: string;
  readonly name: string;
  readonly priceDelta: Money;
}

/** I have seen that this is voided. */
export interface ClearTicket {
  readonly ticketId: string;
}

/** Everything is served and settled. */
export interface CloseOrder {
  readonly orderId: string;
}

/**
 * How the database is, as far as the hub's own work shows it. Nothing is asked for this.
 *
 * `secondsSinceAnswer` is null before the first answer; a sweep asks every second or two.
 */
export interface DatabaseState {
  readonly isAnswering: boolean;
  readonly secondsSinceAnswer: number | null;
  readonly poolSize: number;
  readonly poolSizeMax: number;
  readonly poolInUse: number;
}

/**
 * Everything of this room up to `seq` has reached this device's glass.
 *
 * A ticket that no device of its station has shown in this way within the house's seconds raises an alert.
 */
export interface Delivered {
  readonly room: string;
  readonly seq: number;
}

/** There is no more of it. */
export interface EightySixItem {
  readonly itemId: string;
}

/** Send what is held of a course to the kitchen. */
export interface FireCourse {
  readonly orderId: string;
  readonly course: number;
}

/** An order that is still open, as staff see it. */
export interface FloorOrder {
  readonly orderId: string;
  readonly number: number;
  readonly kind: OrderKind;
  readonly status: OrderStatus;
  readonly tableId: string | null;
  readonly tableName: string | null;
  readonly seatingId: string | null;
  readonly customerName: string | null;
  readonly placedAt: string;
  readonly total: Money;
  readonly tax: Money;
  readonly lines: readonly OrderLine[];
  readonly tickets: readonly ShownTicket[];
}

export interface FloorSection {
  readonly sectionId: string;
  readonly name: string;
}

/** A table on the plan, and how its evening is going. */
export interface FloorTable {
  readonly tableId: string;
  readonly sectionId: string;
  readonly name: string;
  readonly seats: number;
  readonly x: number;
  readonly y: number;
  readonly status: TableStatus;
  readonly statusSince: string;
  readonly seating: SeatedParty | null;
}

/** Let a person do one more job in a restaurant. */
export interface GiveRole {
  readonly restaurantId: string;
  readonly userId: string;
  readonly role: Role;
}

/** What was taken away. */
export interface GoneAnswer {
  readonly id: string;
}

/**
 * The hub closes this socket, and `reason` says why.
 *
 * `hub_stops`: come back after `retryAfterMs`. `token_expired`, `token_invalid`, `not_signed_in`: come back with
 * another token.
 */
export interface Goodbye {
  readonly reason: string;
  readonly retryAfterMs: number;
}

/** One line as the guest who ordered it may see it: no note, no station, nobody's name. */
export interface GuestLine {
  readonly lineId: string;
  readonly name: string;
  readonly quantity: number;
  readonly modifiers: readonly string[];
  readonly price: Money;
}

/** `lines` are those that are still wanted; `message` is the sentence a guest reads. */
export interface GuestOrder {
  readonly orderId: string;
  readonly number: number;
  readonly kind: OrderKind;
  readonly status: OrderStatus;
  readonly message: string;
  readonly total: Money;
  readonly tax: Money;
  readonly lines: readonly GuestLine[];
}

/**
 * How one hub of the house is. In the room `ops`, once a second from every hub.
 *
 * It takes the place of what the same `instance` said before; a hub that has said nothing for some seconds is gone, or
 * cannot be heard because Redis is away. `entriesRecorded`, `entriesDelivered`, `deeds` and `refusals` count since the
 * hub's start: the difference of two pulses is a rate. `entriesDelivered` counts each socket that was handed an entry;
 * `deeds` those that were done. `places` are the members in rooms, by kind of room; `busiestRooms` leave out those of
 * single users. `eventLoopLagSeconds` is how late the event loop was at worst since the last pulse; `memoryBytes` is
 * null where the system does not say.
 */
export interface HubPulse {
  readonly room: "ops";
  readonly instance: string;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  readonly at: string;
  readonly uptimeSeconds: number;
  readonly isHealthy: boolean;
  readonly isStopping: boolean;
  readonly sockets: number;
  readonly rooms: number;
  readonly places: Readonly<Partial<Record<RoomKind, number>>>;
  readonly busiestRooms: readonly BusyRoom[];
  readonly followers: number;
  readonly entriesBehind: number;
  readonly behindSeconds: number;
  readonly entriesRecorded: number;
  readonly entriesDelivered: number;
  readonly deeds: number;
  readonly refusals: number;
  readonly lastRefusals: readonly LastRefusal[];
  readonly redis: RedisState;
  readonly database: DatabaseState;
  readonly eventLoopLagSeconds: number;
  readonly memoryBytes: number | null;
  readonly cpuSeconds: number;
}

export interface InventoryDetails {
  readonly productName: string;
  readonly available: boolean;
  readonly reason: InventoryReason;
}

export type InventoryReason = "sold" | "returned" | "eighty_sixed" | "restored" | "changed" | "removed";

/**
 * How much is left of one item, for whoever follows it.
 *
 * Name and shape come from systems whose clients exist: `{productId, quantity, details, timestamp}`.
 */
export interface InventoryUpdate {
  readonly productId: string;
  readonly quantity: number | null;
  readonly details: InventoryDetails;
}

/** The menu has a new item. */
export interface ItemAdded {
  readonly item: MenuItem;
}

/** An item as it is on the menu now. */
export interface ItemAnswer {
  readonly id: string;
  readonly sectionId: string;
  readonly name: string;
  readonly description: string | null;
  readonly price: Money;
  readonly station: string;
  readonly stationsByKind: Readonly<Partial<Record<OrderKind, string>>>;
  readonly prepSeconds: number;
  readonly allergens: readonly string[];
  readonly dietTags: readonly string[];
  readonly portionsLeft: number | null;
  readonly isEightySixed: boolean;
  readonly available: boolean;
  readonly modifierGroups: readonly ModifierGroup[];
}

/** `quantity` is null where nobody counts. An item that left the menu is shown to its followers as not available. */
export interface ItemBoard {
  readonly productId: string;
  readonly name: string;
  readonly quantity: number | null;
  readonly available: boolean;
}

/** An item of the menu is not what it was. */
export interface ItemChanged {
  readonly item: MenuItem;
}

/** There is no more of it: nobody can order it until it is restored. */
export interface ItemEightySixed {
  readonly itemId: string;
  readonly itemName: string;
}

/** An item left the menu. Orders that have it keep it. */
export interface ItemRemoved {
  readonly itemId: string;
}

/** It can be ordered again. */
export interface ItemRestored {
  readonly itemId: string;
  readonly itemName: string;
}

/** One no: its code, and which message or route was asked. Nothing of who asked, and nothing of what they said. */
export interface LastRefusal {
  readonly at: string;
  readonly code: string;
  readonly door: "rooms" | "api";
  readonly asked: string;
}

/** A line is for `seat` now, and on the order `toOrderId`, behind what was there; often the one it was on before. */
export interface LineMoved {
  readonly orderId: string;
  readonly lineId: string;
  readonly toOrderId: string;
  readonly seat: number | null;
  readonly ticketId: string | null;
  readonly stationId: string | null;
  readonly backupStationId: string | null;
}

export type LineStatus = "held" | "fired" | "voided";

/** A line is not wanted any more. If it was fired, its ticket shows the difference. */
export interface LineVoided {
  readonly orderId: string;
  readonly lineId: string;
  readonly ticketId: string | null;
  readonly stationId: string | null;
  readonly backupStationId: string | null;
  readonly reason: string | null;
}

/** More was ordered on an order that was already there. */
export interface LinesAdded {
  readonly orderId: string;
  readonly lines: readonly OrderLine[];
}

/** An item as the menu shows it. `portionsLeft` is null where nobody counts; at 0 it is eighty-sixed. */
export interface MenuItem {
  readonly id: string;
  readonly sectionId: string;
  readonly name: string;
  readonly description: string | null;
  readonly price: Money;
  readonly station: string;
  readonly stationsByKind: Readonly<Partial<Record<OrderKind, string>>>;
  readonly prepSeconds: number;
  readonly allergens: readonly string[];
  readonly dietTags: readonly string[];
  readonly portionsLeft: number | null;
  readonly isEightySixed: boolean;
  readonly available: boolean;
  readonly modifierGroups: readonly ModifierGroup[];
}

/** The menu has a new section. */
export interface MenuSectionAdded {
  readonly sectionId: string;
  readonly sectionName: string;
}

/** One way to have an item. `price_delta` may be negative. */
export interface Modifier {
  readonly id: string;
  readonly name: string;
  readonly priceDelta: Money;
  readonly allergens: readonly string[];
}

/** A choice that comes with an item: at least `min` and at most `max` of its modifiers. */
export interface ModifierGroup {
  readonly id: string;
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly modifiers: readonly Modifier[];
}

/** `amount` counts the currency's minor units: 895 and GBP are £8.95, 895 and JPY are ¥895. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** Say that a line is for another guest: of this order, or, while it is held, of another. No seat is all of them. */
export interface MoveLine {
  readonly orderId: string;
  readonly lineId: string;
  readonly toOrderId?: string | null;
  readonly seat?: number | null;
}

/** One way to have an item; `priceDelta` in minor units of the restaurant's currency. */
export interface NewModifier {
  readonly name: string;
  readonly priceDelta?: number;
  readonly allergens?: readonly string[];
}

/** A choice that comes with an item. */
export interface NewModifierGroup {
  readonly name: string;
  readonly min?: number;
  readonly max?: number;
  readonly modifiers: readonly NewModifier[];
}

/** Something that was said to a person, or to everybody. */
export interface Notice {
  readonly title: string;
  readonly message: string;
  readonly type: NoticeKind;
  readonly timestamp: string;
}

export type NoticeKind = "info" | "order_ready" | "warning";

/** The house as the hub `instance`, which was asked, knows it: the latest pulse of every hub, its own first. */
export interface OpsBoard {
  readonly instance: string;
  readonly hubs: readonly HubPulse[];
}

/** An order, as whoever asked may read it. `id` and `orderId` are the same; `tax` is part of `total` in any case. */
export interface OrderAnswer {
  readonly id: string;
  readonly orderId: string;
  readonly restaurantId: string;
  readonly number: number;
  readonly kind: OrderKind;
  readonly status: OrderStatus;
  readonly tableId: string | null;
  readonly tableName: string | null;
  readonly seatingId: string | null;
  readonly customerName: string | null;
  readonly placedAt: string;
  readonly subtotal: Money;
  readonly tax: Money;
  readonly isTaxIncluded: boolean;
  readonly total: Money;
  readonly lines: readonly OrderLine[];
  readonly tickets: readonly ShownTicket[];
}

/** What somebody who follows one order sees. */
export interface OrderBoard {
  readonly orderId: string;
  readonly number: number;
  readonly kind: OrderKind;
  readonly status: OrderStatus;
  readonly message: string;
  readonly total: Money;
  readonly tax: Money;
  readonly lines: readonly GuestLine[];
  readonly restaurantName: string;
  readonly placedAt: string;
}

/** The whole order is off. */
export interface OrderCancelled {
  readonly orderId: string;
  readonly reason: string | null;
}

/** Everything is served and settled; the order leaves the floor. */
export interface OrderClosed {
  readonly orderId: string;
}

/** What a guest is told about an order. `lines` is null where the lines are as they were. */
export interface OrderDetails {
  readonly number: number;
  readonly kind: OrderKind;
  readonly tableId: string | null;
  readonly message: string;
  readonly total: Money;
  readonly tax: Money;
  readonly lines: readonly GuestLine[] | null;
}

export type OrderKind = "dine_in" | "pickup" | "delivery";

/** One line as staff see it. `unitPrice` includes the modifiers. */
export interface OrderLine {
  readonly lineId: string;
  readonly itemId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly modifiers: readonly ChosenModifier[];
  readonly note: string | null;
  readonly seat: number | null;
  readonly course: number;
  readonly status: LineStatus;
  readonly ticketId: string | null;
}

/** An order was taken; its lines are held until they are fired. */
export interface OrderPlaced {
  readonly orderId: string;
  readonly number: number;
  readonly kind: OrderKind;
  readonly tableId: string | null;
  readonly tableName: string | null;
  readonly seatingId: string | null;
  readonly customerName: string | null;
  readonly lines: readonly OrderLine[];
}

/** How far an order is. It follows the order's tickets; only closing and cancelling are said outright. */
export type OrderStatus = "placed" | "in_kitchen" | "ready" | "served" | "closed" | "cancelled";

/**
 * How far an order is, as its guest, its table and the floor may know it.
 *
 * Name and shape come from systems whose clients exist: `{orderId, status, details, timestamp}`.
 */
export interface OrderStatusUpdate {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly details: OrderDetails;
}

/** Who sits at a table now. */
export interface Party {
  readonly seatingId: string;
  readonly covers: number;
  readonly seatedAt: string;
}

/** The party is gone, and its link opens nothing any more. */
export interface PartyLeft {
  readonly tableId: string;
  readonly seatingId: string;
}

/** A party sat down. `covers` counts its guests. */
export interface PartySeated {
  readonly tableId: string;
  readonly seatingId: string;
  readonly covers: number;
}

/** The expo's screen: all stations, and what the floor knows too. */
export interface PassBoard {
  readonly restaurantId: string;
  readonly alerts: readonly Alert[];
  readonly eightySixed: readonly string[];
  readonly portions: Readonly<Record<string, number>>;
  readonly stations: readonly Station[];
  readonly tickets: readonly TicketCard[];
  readonly allDay: readonly Wanted[];
}

/** Take an order. Dine-in names its table and is held; pickup and delivery are fired at once. */
export interface PlaceOrder {
  readonly restaurantId: string;
  readonly kind: OrderKind;
  readonly tableId?: string | null;
  readonly customerName?: string | null;
  readonly lines: readonly WantedLine[];
}

/** An order that was just placed, and the link with which its guest follows it. */
export interface PlacedAnswer {
  readonly id: string;
  readonly orderId: string;
  readonly restaurantId: string;
  readonly number: number;
  readonly kind: OrderKind;
  readonly status: OrderStatus;
  readonly tableId: string | null;
  readonly tableName: string | null;
  readonly seatingId: string | null;
  readonly customerName: string | null;
  readonly placedAt: string;
  readonly subtotal: Money;
  readonly tax: Money;
  readonly isTaxIncluded: boolean;
  readonly total: Money;
  readonly lines: readonly OrderLine[];
  readonly tickets: readonly ShownTicket[];
  readonly guestLink: string | null;
}

/** So many portions are left; null means that nobody counts any more. */
export interface PortionsChanged {
  readonly itemId: string;
  readonly portionsLeft: number | null;
}

/** Where a room stands: hold `seq`, of this `epoch`. */
export interface Position {
  readonly seq: number;
  readonly epoch: string;
}

/** Something for one person: `{title, message, type, timestamp}`, a shape whose clients exist. */
export interface RealTimeNotification {
  readonly title: string;
  readonly message: string;
  readonly type: NoticeKind;
}

/** I bumped this too early. */
export interface RecallTicket {
  readonly ticketId: string;
}

/** Whether the doorbell rings, and what is wrong where it does not. */
export interface RedisState {
  readonly isUp: boolean;
  readonly why: string | null;
}

/** Take an item off the menu. Orders that have it keep it. */
export interface RemoveItem {
  readonly itemId: string;
}

/** Take a free table off the plan. */
export interface RemoveTable {
  readonly tableId: string;
}

/** It can be ordered again: so many portions, or, where none are named, uncounted. */
export interface RestoreItem {
  readonly itemId: string;
  readonly portions?: number | null;
}

/** A person's roles in a restaurant are not what they were. Every hub forgets what it knew of them. */
export interface RightsChanged {
  readonly userId: string;
  readonly restaurantId: string;
  readonly roles: readonly Role[];
}

/** What a person is to one restaurant. `system` is the hub itself: it raises alerts. */
export type Role = "guest" | "waiter" | "host" | "cook" | "expo" | "manager" | "owner" | "system";

/** What a person is to a restaurant from now on. */
export interface RolesAnswer {
  readonly userId: string;
  readonly restaurantId: string;
  readonly roles: readonly Role[];
}

/** You may not be in this room any more. `reason` is a code, such as party_left or not_your_job. */
export interface RoomClosed {
  readonly room: string;
  readonly reason: string;
}

/** Every kind of room; a bounded label, unlike a room's name. */
export type RoomKind = "pass" | "station" | "waiters" | "table" | "order" | "item" | "user" | "announcements" | "ops";

/** The room's ledger is another one, and you are out of the room: subscribe, and take the board as it is. */
export interface RoomReset {
  readonly room: string;
  readonly epoch: string;
}

/** This one before the others. */
export interface RushTicket {
  readonly ticketId: string;
}

/** It was said. */
export interface SaidAnswer {
  readonly title: string;
}

/** Seat a party of so many covers. */
export interface SeatParty {
  readonly tableId: string;
  readonly covers: number;
}

/** The party at a table. `covers` counts its guests. */
export interface SeatedParty {
  readonly seatingId: string;
  readonly covers: number;
  readonly seatedAt: string;
}

/** A party that was just seated, and the link that opens its table for as long as it stays. */
export interface SeatingAnswer {
  readonly seatingId: string;
  readonly tableId: string;
  readonly restaurantId: string;
  readonly covers: number;
  readonly seatedAt: string;
  readonly status: TableStatus;
  readonly guestLink: string | null;
}

/** The floor has a new section. */
export interface SectionAdded {
  readonly sectionId: string;
  readonly sectionName: string;
}

export interface SectionAnswer {
  readonly id: string;
  readonly name: string;
}

/** Bring what is ready, of one course or of all, to the guest. */
export interface ServeOrder {
  readonly orderId: string;
  readonly course?: number | null;
}

/** Say which station shows this one's tickets as well when its own screen does not; null where none is to. */
export interface SetStationBackup {
  readonly stationId: string;
  readonly backupStationId: string | null;
}

/** Say what state a table is in. */
export interface SetTableStatus {
  readonly tableId: string;
  readonly status: TableStatus;
}

/** What boards and answers say of a ticket as it stands. */
export interface ShownTicket {
  readonly ticketId: string;
  readonly stationId: string;
  readonly course: number;
  readonly status: TicketStatus;
  readonly isRushed: boolean;
  readonly firedAt: string;
  readonly startedAt: string | null;
  readonly bumpedAt: string | null;
  readonly backupStationId: string | null;
}

/** I am cooking this. */
export interface StartTicket {
  readonly ticketId: string;
}

/** A station, and the one that shows its tickets as well when its own screen does not. */
export interface Station {
  readonly stationId: string;
  readonly name: string;
  readonly backupStationId: string | null;
}

/** The kitchen has a new station. */
export interface StationAdded {
  readonly stationId: string;
  readonly stationName: string;
}

export interface StationAnswer {
  readonly id: string;
  readonly name: string;
  readonly backupStationId: string | null;
}

/** Another station shows this one's tickets as well when its own screen does not; null where none does any more. */
export interface StationBackupSet {
  readonly stationId: string;
  readonly backupStationId: string | null;
}

/** One station's screen. */
export interface StationBoard {
  readonly restaurantId: string;
  readonly station: Station;
  readonly tickets: readonly TicketCard[];
  readonly allDay: readonly Wanted[];
}

/** Show me this room: its board, or what I missed `since` the number I hold. */
export interface Subscribe {
  readonly room: string;
  readonly since?: number | null;
  readonly epoch?: string | null;
}

/** Something for everyone: `{title, message, type, timestamp}`, a shape whose clients exist. */
export interface SystemAnnouncement {
  readonly title: string;
  readonly message: string;
  readonly type: NoticeKind;
}

/** A table was put on the plan. */
export interface TableAdded {
  readonly table: TablePlan;
}

/** A table: where it stands, how its evening is going, and who sits there. `id` and `tableId` are the same. */
export interface TableAnswer {
  readonly tableId: string;
  readonly sectionId: string;
  readonly name: string;
  readonly seats: number;
  readonly x: number;
  readonly y: number;
  readonly id: string;
  readonly status: TableStatus;
  readonly statusSince: string;
  readonly seating: Party | null;
}

/** `orders` are the present party's, also those that are closed, until it leaves. */
export interface TableBoard {
  readonly tableId: string;
  readonly name: string;
  readonly seats: number;
  readonly status: TableStatus;
  readonly statusSince: string;
  readonly seating: SeatedParty | null;
  readonly orders: readonly GuestOrder[];
}

/** A table has another name, section, number of seats, or place on the plan. */
export interface TableChanged {
  readonly table: TablePlan;
}

/** A table as it stands on the plan: `x` and `y` are hundredths of a per cent of the room's width and height. */
export interface TablePlan {
  readonly tableId: string;
  readonly sectionId: string;
  readonly name: string;
  readonly seats: number;
  readonly x: number;
  readonly y: number;
}

/** A table was taken off the plan. Whoever watches it hears this last, and its room closes. */
export interface TableRemoved {
  readonly tableId: string;
}

export type TableStatus = "free" | "held" | "seated" | "ordered" | "eating" | "bill" | "dirty";

/** A table is in another state of its evening. */
export interface TableStatusChanged {
  readonly tableId: string;
  readonly status: TableStatus;
}

/** A person does not do this job here any more. Their screens close at once. */
export interface TakeRole {
  readonly restaurantId: string;
  readonly userId: string;
  readonly role: Role;
}

/** A ticket after a step, and how far its order is. */
export interface TicketAnswer {
  readonly ticketId: string;
  readonly orderId: string;
  readonly status: TicketStatus;
  readonly isRushed: boolean;
  readonly orderStatus: OrderStatus;
}

/** Its station's screen has not shown it, so its station's backup shows it as well, until it is done. */
export interface TicketBackedUp {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
  readonly number: number;
  readonly kind: OrderKind;
  readonly tableId: string | null;
  readonly tableName: string | null;
  readonly customerName: string | null;
  readonly stationName: string;
  readonly course: number;
  readonly lines: readonly TicketLine[];
  readonly isRushed: boolean;
  readonly firedAt: string;
}

/** The station is done with it. `ticketSeconds` is the ticket time: from fired to bumped. */
export interface TicketBumped {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
  readonly ticketSeconds: number;
}

/** One ticket as it hangs in the kitchen. */
export interface TicketCard {
  readonly ticketId: string;
  readonly stationId: string;
  readonly course: number;
  readonly status: TicketStatus;
  readonly isRushed: boolean;
  readonly firedAt: string;
  readonly startedAt: string | null;
  readonly bumpedAt: string | null;
  readonly backupStationId: string | null;
  readonly orderId: string;
  readonly number: number;
  readonly kind: OrderKind;
  readonly tableId: string | null;
  readonly tableName: string | null;
  readonly customerName: string | null;
  readonly stationName: string;
  readonly lines: readonly TicketLine[];
}

/** The station has seen the void and cleared the ticket away. */
export interface TicketCleared {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
}

/** A station is to cook its share of a course, now. */
export interface TicketFired {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
  readonly number: number;
  readonly kind: OrderKind;
  readonly tableId: string | null;
  readonly tableName: string | null;
  readonly customerName: string | null;
  readonly stationName: string;
  readonly course: number;
  readonly lines: readonly TicketLine[];
}

/** What the cook reads: quantity, what, how, and what could hurt the guest. */
export interface TicketLine {
  readonly lineId: string;
  readonly itemId: string;
  readonly name: string;
  readonly quantity: number;
  readonly modifiers: readonly string[];
  readonly note: string | null;
  readonly seat: number | null;
  readonly allergens: readonly string[];
  readonly prepSeconds: number;
  readonly isVoided: boolean;
}

/** It was bumped too early, and the station has it back. */
export interface TicketRecalled {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
}

/** This one goes before the others. */
export interface TicketRushed {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
}

/** The food is with the guest; the ticket leaves the kitchen's screens. */
export interface TicketServed {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
}

/** A cook is on it. */
export interface TicketStarted {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
}

export type TicketStatus = "fired" | "started" | "bumped" | "served" | "voided" | "cleared";

/** Nothing on it is wanted any more. It stays on the screens until the station clears it away. */
export interface TicketVoided {
  readonly ticketId: string;
  readonly orderId: string;
  readonly stationId: string;
  readonly backupStationId: string | null;
}

/** I am done with this room. */
export interface Unsubscribe {
  readonly room: string;
}

/** One person's own screen: the last notices, newest first, and what they are to which restaurant. */
export interface UserBoard {
  readonly userId: string;
  readonly notices: readonly Notice[];
  readonly roles: Readonly<Record<string, readonly Role[]>>;
}

/** Take a line back. Once it is fired only a manager can. */
export interface VoidLine {
  readonly orderId: string;
  readonly lineId: string;
  readonly reason?: string | null;
}

/** The whole floor at once. */
export interface WaitersBoard {
  readonly restaurantId: string;
  readonly alerts: readonly Alert[];
  readonly eightySixed: readonly string[];
  readonly portions: Readonly<Record<string, number>>;
  readonly sections: readonly FloorSection[];
  readonly tables: readonly FloorTable[];
  readonly orders: readonly FloorOrder[];
}

/** All day: how many of an item are still to be cooked, over all tickets. */
export interface Wanted {
  readonly itemId: string;
  readonly name: string;
  readonly quantity: number;
}

/** One line as it is asked for. A modifier that is wanted twice is named twice. */
export interface WantedLine {
  readonly itemId: string;
  readonly quantity?: number;
  readonly course?: number;
  readonly seat?: number | null;
  readonly note?: string | null;
  readonly modifiers?: readonly string[];
}

/** You may do other things in a restaurant than before. */
export interface YourRightsChanged {
  readonly userId: string;
  readonly restaurantId: string;
  readonly roles: readonly Role[];
}

export interface Refused {
  readonly ok: false;
  readonly error: {
    /** Stable. */
    readonly code: string;
    /** A sentence for people. */
    readonly message: string;
    /** Whether to send the same again in a moment. */
    readonly retry: boolean;
  };
}

/** Add an item to the menu; `price` in minor units of the restaurant's currency. */
export interface RestAddItem {
  readonly sectionId: string;
  readonly name: string;
  readonly description?: string | null;
  readonly price: number;
  readonly station: string;
  readonly stationsByKind?: Readonly<Partial<Record<OrderKind, string>>>;
  readonly prepSeconds?: number;
  readonly allergens?: readonly string[];
  readonly dietTags?: readonly string[];
  readonly portionsLeft?: number | null;
  readonly modifierGroups?: readonly NewModifierGroup[];
}

/** Add lines to an order that is still open. */
export interface RestAddLines {
  readonly lines: readonly WantedLine[];
}

/** Add a section to the menu. */
export interface RestAddMenuSection {
  readonly name: string;
}

/** Add a section to the floor. */
export interface RestAddSection {
  readonly name: string;
}

/** Add a station to the kitchen. */
export interface RestAddStation {
  readonly name: string;
}

/** Put a table on the plan. `x` and `y` are hundredths of a per cent of the room's width and height. */
export interface RestAddTable {
  readonly sectionId: string;
  readonly name: string;
  readonly seats: number;
  readonly x?: number;
  readonly y?: number;
}

/** Take the whole order back. Once anything is fired only a manager can. */
export interface RestCancelOrder {
  readonly reason?: string | null;
}

/** Change an item. What is not named stays as it is; modifier groups are replaced as a whole. */
export interface RestChangeItem {
  readonly sectionId?: string | null;
  readonly name?: string | null;
  readonly description?: string | null;
  readonly price?: number | null;
  readonly station?: string | null;
  readonly stationsByKind?: Readonly<Partial<Record<OrderKind, string>>> | null;
  readonly prepSeconds?: number | null;
  readonly allergens?: readonly string[] | null;
  readonly dietTags?: readonly string[] | null;
  readonly portionsLeft?: number | null;
  readonly modifierGroups?: readonly NewModifierGroup[] | null;
}

/** Change a table on the plan. What is not named stays as it is. */
export interface RestChangeTable {
  readonly sectionId?: string | null;
  readonly name?: string | null;
  readonly seats?: number | null;
  readonly x?: number | null;
  readonly y?: number | null;
}

/** What somebody signs in with. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** A restaurant to try, as any of these people. `speed` is how many seconds of its dinner pass in one. */
export interface Demo {
  readonly restaurantId: string;
  readonly restaurant: string;
  readonly speed: number;
  readonly people: readonly DemoPerson[];
}

/** Somebody as whom one may sign in. */
export interface DemoPerson {
  readonly role: Role;
  readonly name: string;
}

export interface FieldError {
  readonly field: string;
  /** A sentence for a person. */
  readonly message: string;
  readonly code:
    | "missing"
    | "not_allowed"
    | "not_one_of"
    | "too_large"
    | "too_long"
    | "too_short"
    | "too_small"
    | "unknown_field"
    | "wrong_type";
}

/** The link that a guest was given with an order, or with a seating. */
export interface GuestLink {
  readonly guestLink: string;
}

/** A restaurant, and what whoever asks is to it. */
export interface House {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly roles: readonly Role[];
}

/** Restaurants, by name. */
export interface Houses {
  readonly nextCursor: string | null;
  readonly items: readonly House[];
}

/** Items of the menu, in the order in which they were added. */
export interface Items {
  readonly nextCursor: string | null;
  readonly items: readonly MenuItem[];
}

/** Whoever asks. A guest has no `userId`; what their link opens is named instead. */
export interface Me {
  readonly actor: string;
  readonly userId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly isOperator: boolean;
  readonly roles: Readonly<Record<string, readonly Role[]>>;
  readonly tableId: string | null;
  readonly seatingId: string | null;
  readonly orderId: string | null;
  readonly expiresAt: string | null;
}

/** Everything that is on the menu, section by section. */
export interface Menu {
  readonly restaurantId: string;
  readonly currency: string;
  readonly sections: readonly MenuSection[];
}

/** A section of the menu, with what is in it. */
export interface MenuSection {
  readonly id: string;
  readonly name: string;
  readonly items: readonly MenuItem[];
}

/** Say that a line is for another guest: of this order, or, while it is held, of another. No seat is all of them. */
export interface RestMoveLine {
  readonly toOrderId?: string | null;
  readonly seat?: number | null;
}

/** Orders, the newest first. */
export interface Orders {
  readonly nextCursor: string | null;
  readonly items: readonly OrderAnswer[];
}

/** Take an order. Dine-in names its table and is held; pickup and delivery are fired at once. */
export interface RestPlaceOrder {
  readonly kind: OrderKind;
  readonly tableId?: string | null;
  readonly customerName?: string | null;
  readonly lines: readonly WantedLine[];
}

/** What went wrong (RFC 9457). The facts of a refusal are further members: ids, names, numbers. */
export interface Problem {
  readonly type: "about:blank";
  /** The status in words. */
  readonly title: string;
  readonly status: number;
  /** A sentence for a person. */
  readonly detail: string;
  /** Whether the same request may do better in a moment. */
  readonly retry?: boolean;
  /** Stable: decide by this one. */
  readonly code: string;
  /** With the code `invalid`: what is wrong, field by field. */
  readonly errors?: readonly FieldError[];
}

/** It can be ordered again: so many portions, or, where none are named, uncounted. */
export interface RestRestoreItem {
  readonly portions?: number | null;
}

/**
 * A room's board, or what happened since `since`, and the number that whoever has applied all of it holds.
 *
 * With `recovered: true` there are entries and no board, and with `more: true` more are to be asked for, since `seq`.
 * Boards and entries have the shapes of the rooms' own document.
 */
export interface RoomAnswer {
  readonly room: string;
  readonly epoch: string;
  readonly seq: number;
  readonly recovered: boolean | null;
  readonly board: Readonly<Record<string, unknown>> | null;
  readonly entries: readonly Readonly<Record<string, unknown>>[];
  readonly more: boolean;
}

/** Seat a party of so many covers. */
export interface RestSeatParty {
  readonly covers: number;
}

/** A section of the floor: one waiter's tables. */
export interface Section {
  readonly id: string;
  readonly name: string;
}

/** A section of the menu, without what is in it. */
export interface SectionName {
  readonly id: string;
  readonly name: string;
}

export interface SectionNames {
  readonly nextCursor: string | null;
  readonly items: readonly SectionName[];
}

export interface Sections {
  readonly nextCursor: string | null;
  readonly items: readonly Section[];
}

/** Bring what is ready, of one course or of all, to the guest. */
export interface RestServeOrder {
  readonly course?: number | null;
}

/** Say which station shows this one's tickets as well when its own screen does not; null where none is to. */
export interface RestSetStationBackup {
  readonly backupStationId: string | null;
}

/** Say what state a table is in. */
export interface RestSetTableStatus {
  readonly status: TableStatus;
}

/** What signing in answers. The token lasts one shift. */
export interface SignedIn {
  readonly accessToken: string;
  readonly tokenType: string;
  readonly expiresAt: string;
  readonly userId: string;
  readonly name: string;
  readonly roles: Readonly<Record<string, readonly Role[]>>;
}

/** A station of the kitchen, and the one that shows its tickets as well when its own screen does not. */
export interface RestStation {
  readonly id: string;
  readonly name: string;
  readonly backupStationId: string | null;
}

export interface Stations {
  readonly nextCursor: string | null;
  readonly items: readonly RestStation[];
}

export interface Tables {
  readonly nextCursor: string | null;
  readonly items: readonly TableAnswer[];
}

/** As whom somebody wants to look around the demo. */
export interface Visit {
  readonly role: Role;
}

/** Take a line back. Once it is fired only a manager can. */
export interface RestVoidLine {
  readonly reason?: string | null;
}

/** `screens` tells which screens this hub serves, null where it has none; `demo` is null in earnest. */
export interface Welcome {
  readonly version: string;
  readonly screens: string | null;
  readonly demo: Demo | null;
}

// ------------------------------------------------------------------ events, as they are named on the wire

/** Where an event stands in the chain of one room. */
export interface Place {
  /** The room that heard it. */
  readonly room: string;
  /** Its number in the ledger. Hold it once it is applied. */
  readonly seq: number;
  /**
   * After this number the room had nothing before `seq`. Apply exactly when prev ≤ held < seq; a greater `prev` means
   * that something was missed: subscribe again.
   */
  readonly prev: number;
  /** When it was recorded. Order is `seq`. */
  readonly timestamp: string;
}

/** The fields of each event. */
export interface Events {
  readonly order_placed: OrderPlaced;
  readonly lines_added: LinesAdded;
  readonly line_voided: LineVoided;
  readonly line_moved: LineMoved;
  readonly order_cancelled: OrderCancelled;
  readonly order_closed: OrderClosed;
  readonly order_status_update: OrderStatusUpdate;
  readonly ticket_fired: TicketFired;
  readonly ticket_backed_up: TicketBackedUp;
  readonly ticket_started: TicketStarted;
  readonly ticket_bumped: TicketBumped;
  readonly ticket_recalled: TicketRecalled;
  readonly ticket_rushed: TicketRushed;
  readonly ticket_served: TicketServed;
  readonly ticket_voided: TicketVoided;
  readonly ticket_cleared: TicketCleared;
  readonly section_added: SectionAdded;
  readonly table_added: TableAdded;
  readonly table_changed: TableChanged;
  readonly table_removed: TableRemoved;
  readonly party_seated: PartySeated;
  readonly party_left: PartyLeft;
  readonly table_status_changed: TableStatusChanged;
  readonly alert_raised: AlertRaised;
  readonly alert_cleared: AlertCleared;
  readonly station_added: StationAdded;
  readonly station_backup_set: StationBackupSet;
  readonly menu_section_added: MenuSectionAdded;
  readonly item_added: ItemAdded;
  readonly item_changed: ItemChanged;
  readonly item_removed: ItemRemoved;
  readonly item_eighty_sixed: ItemEightySixed;
  readonly item_restored: ItemRestored;
  readonly portions_changed: PortionsChanged;
  readonly inventory_update: InventoryUpdate;
  readonly your_rights_changed: YourRightsChanged;
  readonly real_time_notification: RealTimeNotification;
  readonly system_announcement: SystemAnnouncement;
}

/** One event as a room hears it: its fields, and its place in the room's chain. */
export type Entry = { [N in keyof Events]: { readonly event: N } & Events[N] & Place }[keyof Events];

/** Every event there is. */
export const EVENT_NAMES = [
  "order_placed",
  "lines_added",
  "line_voided",
  "line_moved",
  "order_cancelled",
  "order_closed",
  "order_status_update",
  "ticket_fired",
  "ticket_backed_up",
  "ticket_started",
  "ticket_bumped",
  "ticket_recalled",
  "ticket_rushed",
  "ticket_served",
  "ticket_voided",
  "ticket_cleared",
  "section_added",
  "table_added",
  "table_changed",
  "table_removed",
  "party_seated",
  "party_left",
  "table_status_changed",
  "alert_raised",
  "alert_cleared",
  "station_added",
  "station_backup_set",
  "menu_section_added",
  "item_added",
  "item_changed",
  "item_removed",
  "item_eighty_sixed",
  "item_restored",
  "portions_changed",
  "inventory_update",
  "your_rights_changed",
  "real_time_notification",
  "system_announcement",
] as const satisfies readonly (keyof Events)[];

// ------------------------------------------------------------------ commands, and what is answered to them

/** What each verb asks. */
export interface Commands {
  readonly place_order: PlaceOrder;
  readonly add_lines: AddLines;
  readonly fire_course: FireCourse;
  readonly serve_order: ServeOrder;
  readonly void_line: VoidLine;
  readonly move_line: MoveLine;
  readonly cancel_order: CancelOrder;
  readonly close_order: CloseOrder;
  readonly start_ticket: StartTicket;
  readonly bump_ticket: BumpTicket;
  readonly recall_ticket: RecallTicket;
  readonly rush_ticket: RushTicket;
  readonly clear_ticket: ClearTicket;
  readonly add_section: AddSection;
  readonly add_table: AddTable;
  readonly change_table: ChangeTable;
  readonly set_table_status: SetTableStatus;
  readonly remove_table: RemoveTable;
  readonly seat_party: SeatParty;
  readonly add_station: AddStation;
  readonly set_station_backup: SetStationBackup;
  readonly add_menu_section: AddMenuSection;
  readonly add_item: AddItem;
  readonly change_item: ChangeItem;
  readonly remove_item: RemoveItem;
  readonly eighty_six_item: EightySixItem;
  readonly restore_item: RestoreItem;
  readonly give_role: GiveRole;
  readonly take_role: TakeRole;
  readonly announce: Announce;
}

/** What is answered to each verb. */
export interface Answers {
  readonly place_order: PlacedAnswer;
  readonly add_lines: OrderAnswer;
  readonly fire_course: OrderAnswer;
  readonly serve_order: OrderAnswer;
  readonly void_line: OrderAnswer;
  readonly move_line: OrderAnswer;
  readonly cancel_order: OrderAnswer;
  readonly close_order: OrderAnswer;
  readonly start_ticket: TicketAnswer;
  readonly bump_ticket: TicketAnswer;
  readonly recall_ticket: TicketAnswer;
  readonly rush_ticket: TicketAnswer;
  readonly clear_ticket: TicketAnswer;
  readonly add_section: SectionAnswer;
  readonly add_table: TableAnswer;
  readonly change_table: TableAnswer;
  readonly set_table_status: TableAnswer;
  readonly remove_table: GoneAnswer;
  readonly seat_party: SeatingAnswer;
  readonly add_station: StationAnswer;
  readonly set_station_backup: StationAnswer;
  readonly add_menu_section: SectionAnswer;
  readonly add_item: ItemAnswer;
  readonly change_item: ItemAnswer;
  readonly remove_item: GoneAnswer;
  readonly eighty_six_item: ItemAnswer;
  readonly restore_item: ItemAnswer;
  readonly give_role: RolesAnswer;
  readonly take_role: RolesAnswer;
  readonly announce: SaidAnswer;
}

/** Every verb there is. */
export const VERBS = [
  "place_order",
  "add_lines",
  "fire_course",
  "serve_order",
  "void_line",
  "move_line",
  "cancel_order",
  "close_order",
  "start_ticket",
  "bump_ticket",
  "recall_ticket",
  "rush_ticket",
  "clear_ticket",
  "add_section",
  "add_table",
  "change_table",
  "set_table_status",
  "remove_table",
  "seat_party",
  "add_station",
  "set_station_backup",
  "add_menu_section",
  "add_item",
  "change_item",
  "remove_item",
  "eighty_six_item",
  "restore_item",
  "give_role",
  "take_role",
  "announce",
] as const satisfies readonly (keyof Commands)[];

// ------------------------------------------------------------------ rooms

/** What each kind of room shows. */
export interface Boards {
  readonly pass: PassBoard;
  readonly station: StationBoard;
  readonly waiters: WaitersBoard;
  readonly table: TableBoard;
  readonly order: OrderBoard;
  readonly item: ItemBoard;
  readonly user: UserBoard;
  readonly announcements: AnnouncementsBoard;
}

/** Which events each kind of room hears. */
export const HEARD = {
  pass: [
    "line_voided",
    "line_moved",
    "ticket_fired",
    "ticket_backed_up",
    "ticket_started",
    "ticket_bumped",
    "ticket_recalled",
    "ticket_rushed",
    "ticket_served",
    "ticket_voided",
    "ticket_cleared",
    "alert_raised",
    "alert_cleared",
    "station_added",
    "station_backup_set",
    "menu_section_added",
    "item_added",
    "item_changed",
    "item_removed",
    "item_eighty_sixed",
    "item_restored",
    "portions_changed",
  ],
  station: [
    "line_voided",
    "line_moved",
    "ticket_fired",
    "ticket_backed_up",
    "ticket_started",
    "ticket_bumped",
    "ticket_recalled",
    "ticket_rushed",
    "ticket_served",
    "ticket_voided",
    "ticket_cleared",
    "station_backup_set",
  ],
  waiters: [
    "order_placed",
    "lines_added",
    "line_voided",
    "line_moved",
    "order_cancelled",
    "order_closed",
    "order_status_update",
    "ticket_fired",
    "ticket_backed_up",
    "ticket_started",
    "ticket_bumped",
    "ticket_recalled",
    "ticket_rushed",
    "ticket_served",
    "ticket_voided",
    "ticket_cleared",
    "section_added",
    "table_added",
    "table_changed",
    "table_removed",
    "party_seated",
    "party_left",
    "table_status_changed",
    "alert_raised",
    "alert_cleared",
    "station_added",
    "menu_section_added",
    "item_added",
    "item_changed",
    "item_removed",
    "item_eighty_sixed",
    "item_restored",
    "portions_changed",
  ],
  table: [
    "order_status_update",
    "table_changed",
    "table_removed",
    "party_seated",
    "party_left",
    "table_status_changed",
  ],
  order: ["order_status_update"],
  item: ["inventory_update"],
  user: [
    "your_rights_changed",
    "real_time_notification",
  ],
  announcements: ["system_announcement"],
} as const satisfies Readonly<Record<keyof Boards, readonly (keyof Events)[]>>;

/** What else can be said. */
export interface RoomMessages {
  readonly subscribe: Subscribe;
  readonly unsubscribe: Unsubscribe;
  readonly delivered: Delivered;
  readonly authenticate: string;
  readonly track_order: string;
  readonly track_inventory: string;
}

/** What is answered to that. */
export interface RoomAnswers {
  readonly subscribe: {
    readonly room: string;
    readonly epoch: string;
    /** What to hold after the entries are applied. */
    readonly seq: number;
    /** With `since`: whether everything missed is in `entries`. */
    readonly recovered?: boolean;
    /** The board; its shape is the channel's `x-board`. */
    readonly board?: Readonly<Record<string, unknown>>;
    /** Events, each with `event`. */
    readonly entries: readonly Readonly<Record<string, unknown>>[];
    /** You are not in the room yet: subscribe again, since `seq`. */
    readonly more: boolean;
  };
  readonly unsubscribe: {
    readonly room?: string;
  };
  readonly delivered: {
    readonly room?: string;
  };
  readonly authenticate: Readonly<Record<string, unknown>>;
  readonly track_order: Readonly<Record<string, unknown>>;
  readonly track_inventory: Readonly<Record<string, unknown>>;
}

// ------------------------------------------------------------------ signals, which have no place in any chain

/** What each signal carries. */
export interface Signals {
  readonly authenticated: Authenticated;
  readonly beat: Beat;
  readonly hub_pulse: HubPulse;
  readonly room_reset: RoomReset;
  readonly room_closed: RoomClosed;
  readonly goodbye: Goodbye;
}

// ------------------------------------------------------------------ the rules that screens mind, too

/** Who may ask what. Rules come after. */
export const MAY_ASK: Readonly<Record<keyof Commands, readonly Role[]>> = {
  place_order: ["expo", "guest", "host", "manager", "owner", "waiter"],
  add_lines: ["expo", "guest", "host", "manager", "owner", "waiter"],
  fire_course: ["expo", "host", "manager", "owner", "waiter"],
  serve_order: ["expo", "host", "manager", "owner", "waiter"],
  void_line: ["expo", "host", "manager", "owner", "waiter"],
  move_line: ["expo", "host", "manager", "owner", "waiter"],
  cancel_order: ["expo", "host", "manager", "owner", "waiter"],
  close_order: ["expo", "host", "manager", "owner", "waiter"],
  start_ticket: ["cook", "expo", "manager", "owner"],
  bump_ticket: ["cook", "expo", "manager", "owner"],
  recall_ticket: ["cook", "expo", "manager", "owner"],
  rush_ticket: ["cook", "expo", "host", "manager", "owner", "waiter"],
  clear_ticket: ["cook", "expo", "manager", "owner"],
  add_section: ["manager", "owner"],
  add_table: ["manager", "owner"],
  change_table: ["manager", "owner"],
  set_table_status: ["expo", "host", "manager", "owner", "waiter"],
  remove_table: ["manager", "owner"],
  seat_party: ["expo", "host", "manager", "owner", "waiter"],
  add_station: ["manager", "owner"],
  set_station_backup: ["manager", "owner"],
  add_menu_section: ["manager", "owner"],
  add_item: ["manager", "owner"],
  change_item: ["manager", "owner"],
  remove_item: ["manager", "owner"],
  eighty_six_item: ["cook", "expo", "host", "manager", "owner", "waiter"],
  restore_item: ["cook", "expo", "host", "manager", "owner", "waiter"],
  give_role: ["manager", "owner"],
  take_role: ["manager", "owner"],
  announce: ["system"],
};

/** An event that is a step in a ticket's life. */
export type TicketStep =
  | "ticket_started"
  | "ticket_bumped"
  | "ticket_recalled"
  | "ticket_served"
  | "ticket_voided"
  | "ticket_cleared";

/** A ticket's life: step → state before → state after. Where there is no edge, there is no step. */
export const TICKET_STEPS: Readonly<Record<TicketStep, Readonly<Partial<Record<TicketStatus, TicketStatus>>>>> = {
  ticket_started: { fired: "started" },
  ticket_bumped: { fired: "bumped", started: "bumped" },
  ticket_recalled: { bumped: "started" },
  ticket_served: { bumped: "served" },
  ticket_voided: { fired: "voided", started: "voided", bumped: "voided" },
  ticket_cleared: { voided: "cleared" },
};

/** A table's evening: state before → states that may follow. */
export const TABLE_STEPS: Readonly<Record<TableStatus, readonly TableStatus[]>> = {
  free: ["held", "seated", "dirty"],
  held: ["free", "seated"],
  seated: ["free", "ordered", "bill", "dirty"],
  ordered: ["eating", "bill", "dirty"],
  eating: ["ordered", "bill", "dirty"],
  bill: ["ordered", "eating", "dirty"],
  dirty: ["free"],
};

/** Tickets that are still to be cooked. */
export const TICKETS_OPEN: ReadonlySet<TicketStatus> = new Set(["fired", "started"]);

/** Tickets that no kitchen screen shows. */
export const TICKETS_GONE: ReadonlySet<TicketStatus> = new Set(["served", "cleared"]);

/** Orders that have left the floor. */
export const ORDERS_OVER: ReadonlySet<OrderStatus> = new Set(["closed", "cancelled"]);

/** Tables at which a party sits. */
export const TABLES_OCCUPIED: ReadonlySet<TableStatus> = new Set(["seated", "ordered", "eating", "bill"]);

/** How many notices a board keeps. */
export const NOTICES_MAX = 20;
