// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/alerthistorymodel.h"

#include "ui/widgets/format.h"
#include "ui/widgets/tabledelegate.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using alerts::AlertEntry;

namespace {
QString channelWord(const QString& by)
{
    if (by == "desktop"_L1)
        return AlertHistoryModel::tr("desktop");
    if (by == "tray"_L1)
        return AlertHistoryModel::tr("tray");
    return by == "webhook"_L1 ? AlertHistoryModel::tr("webhook") : by;
}
} // namespace

AlertHistoryModel::AlertHistoryModel(std::function<bool(const QString&)> isSnoozed, QObject* parent)
    : RowsModel({{tr("Began")},
                 {tr("Rule")},
                 {tr("Highest")},
                 {tr("Lasted"), true},
                 {tr("Told by")},
                 {tr("State")},
                 {QString(), true}},
                parent)
    , m_isSnoozed(std::move(isSnoozed))
{
}

void AlertHistoryModel::setEntries(const alerts::AlertEntries& entries, const QDateTime& now)
{
    m_now = now;
    const bool areSame = haveSameIds(entries, m_entries);
    replace(m_entries, entries, areSame, Began, Action);
}

QString AlertHistoryModel::toldBy(const AlertEntry& entry) const
{
    QStringList words;
    for (const QString& by : entry.by)
        words += channelWord(by);
    QString text = words.isEmpty() ? tr("nobody") : words.join(u", "_s);
    if (entry.wasQuiet)
        text += tr("; quiet hours");
    if (entry.wasSnoozed)
        text += tr("; snoozed");
    if (entry.webhookBegin == alerts::Delivery::Waiting ||
        entry.webhookEnd == alerts::Delivery::Waiting)
        text += tr("; webhook waits");
    else if (entry.webhookBegin == alerts::Delivery::GivenUp ||
             entry.webhookEnd == alerts::Delivery::GivenUp)
        text += tr("; webhook refused");
    return text;
}

QString AlertHistoryModel::textOf(const AlertEntry& entry, int column) const
{
    switch (column) {
    case Began: return formatTime(entry.began);
    case Rule: return entry.ruleName;
    case Highest: {
        const QString peak = peakText(entry);
        return peak.isEmpty() ? u"–"_s : peak;
    }
    case Lasted:
        return formatDuration(std::chrono::seconds(
            std::max<qint64>(0, entry.began.secsTo(entry.isOn() ? m_now : entry.ended))));
    case ToldBy: return toldBy(entry);
    case State:
        return entry.isOn()      ? (m_isSnoozed(entry.ruleId) ? tr("snoozed") : tr("on now"))
               : entry.isDropped ? tr("rule changed")
                                 : tr("over");
    case Action:
        if (entry.isOn())
            return m_isSnoozed(entry.ruleId) ? tr("Wake Up") : tr("Snooze 1 h");
        return tr("Show Jobs");
    default: return {};
    }
}

QVariant AlertHistoryModel::cell(int row, int column, int role) const
{
    const AlertEntry& entry = m_entries[row];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole: return textOf(entry, column);
    case role::Muted: return column == ToldBy;
    case role::TextColor:
        if (column == Action)
            return int(Color::Link);
        return column == State && entry.isOn() ? QVariant(int(Color::Danger)) : QVariant();
    case role::Icon:
        if (column == State)
            return int(entry.isOn() ? Icon::MarkFailed : Icon::Check);
        return {};
    default: return {};
    }
}

} // namespace queuedeck::ui
