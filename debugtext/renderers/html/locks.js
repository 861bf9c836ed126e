// Who waits for whom: what holds everything up stands on top, those who wait for it below, and under them what they hold.

function locksOf(locks) {
  return make("div", { class: "webs" }, locks.map((lock) =>
    make("div", { class: lock.circle ? "web circle" : "web" }, lock.circle
      ? make("p", { class: "circleword" }, "A circle: none of them can go on.") : null, lockBox(lock))));
}

function lockBox(lock) {
  const name = make("b", {}, lock.name);
  const below = [...lock.waiters.map(waitersItem)];
  if (lock.more) below.push(make("li", {}, make("div", { class: "waiter" }, `${goroutines(lock.more)} more`)));
  return make("div", { class: "lock" }, make("div", { class: "lockhead" }, name, holderLine(lock)), make("ul", {}, below));
}

function holderLine(lock) {
  const holder = lock.holder;
  if (!holder) return make("span", { class: "nobody" }, "no goroutine of this text is seen to hold it");
  const who = holder.goroutine === null ? "a goroutine" : `goroutine ${holder.goroutine}`;
  const words = [holder.again ? `passed before by ${who} in ` : `probably held by ${who} in `,
    codeAt(holder.function, holder.place)];
  const now = holder.again ? ", which waits for it again" : `, now ${holder.now}${holder.wait ? ` for ${holder.wait}` : ""}`;
  return make("span", {}, words, now, holder.inside ? [" in ", make("code", {}, breakable(holder.inside))] : null);
}

function waitersItem(group) {
  const who = group.count === 1 && group.goroutine !== null ? `goroutine ${group.goroutine}` : goroutines(group.count);
  const text = [make("b", {}, who), ` ${group.count === 1 ? "waits" : "wait"} in `, codeAt(group.function, group.place),
    make("small", {}, [group.operation, group.wait].filter(Boolean).join(" · "))];
  const closes = group.closes ? make("div", { class: "closes" }, "↺ and holds the first lock: back to the top") : null;
  const holds = group.holds.map((lock) => [make("div", { class: "holds" }, "and holds meanwhile"), lockBox(lock)]);
  return make("li", {}, make("div", { class: "waiter" }, text), closes, holds);
}

function codeAt(name, place) { return [make("code", {}, breakable(name)), place ? ` (${place})` : ""]; }

function goroutines(count) { return count === 1 ? "1 goroutine" : `${inWords(count, "")} goroutines`; }
