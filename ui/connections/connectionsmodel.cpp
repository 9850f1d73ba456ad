// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectionsmodel.h"

#include "core/service/home.h"
#include "ui/widgets/bandcolors.h"
#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using service::ConnectionHealth;
using State = ConnectionHealth::State;

namespace {
QString unknown()
{
    return u"–"_s;
}

QString countText(const ConnectionHealth* health,
                  std::optional<domain::MatchCount> ConnectionHealth::*count)
{
    if (!health || !(health->*count))
        return unknown();
    const domain::MatchCount& found = *(health->*count);
    return (found.isExact ? QString() : u"≥ "_s) + formatCount(found.count);
}
} // namespace

QString placeText(const domain::Profile& profile)
{
    const QString shown = service::maskedAddress(profile.address);
    if (shown.startsWith("sqlite:"_L1))
        return ConnectionsModel::tr("SQLite · %1").arg(showControls(shown.mid(7)));
    const QString at = shown.section(u'@', -1).section("://"_L1, -1);
    return ConnectionsModel::tr("PostgreSQL · %1 · %2")
        .arg(showControls(at.section(u'/', 0, 0)),
             showControls(at.section(u'/', 1).section(u'?', 0, 0)));
}

QString safetyWord(domain::Safety safety)
{
    switch (safety) {
    case domain::Safety::ReadOnly: return ConnectionsModel::tr("Read-only");
    case domain::Safety::Confirm: break;
    case domain::Safety::TypeName: return ConnectionsModel::tr("Type the name");
    }
    return ConnectionsModel::tr("Confirm");
}

ConnectionsModel::ConnectionsModel(QObject* parent)
    : RowsModel({{tr("Connection")},
                 {tr("Table")},
                 {tr("Safety")},
                 {tr("Pending"), true},
                 {tr("Failed, 1 h"), true},
                 {tr("Now")},
                 {tr("Last used"), true}},
                parent)
{
}

void ConnectionsModel::setProfiles(const domain::Profiles& profiles)
{
    m_all = profiles;
    update();
}

void ConnectionsModel::setSought(const QString& text)
{
    m_sought = text.trimmed();
    update();
}

void ConnectionsModel::update()
{
    domain::Profiles shown;
    for (const domain::Profile& profile : std::as_const(m_all)) {
        if (profile.rules.name.contains(m_sought, Qt::CaseInsensitive) ||
            placeText(profile).contains(m_sought, Qt::CaseInsensitive))
            shown += profile;
    }
    replace(m_shown, shown, haveSameIds(m_shown, shown), Name, LastUsed);
}

void ConnectionsModel::setHealth(const QString& id, const ConnectionHealth& health)
{
    if (health.state != State::NoAnswer)
        m_silentSince.remove(id);
    else if (!m_silentSince.contains(id))
        m_silentSince[id] = health.at;
    m_health[id] = health;
    if (const int row = rowOf(id); row >= 0)
        Q_EMIT dataChanged(index(row, Name), index(row, LastUsed));
}

const domain::Profile* ConnectionsModel::profile(int row) const
{
    return row >= 0 && row < m_shown.size() ? &m_shown[row] : nullptr;
}

int ConnectionsModel::rowOf(const QString& id) const
{
    for (int row = 0; row < m_shown.size(); ++row) {
        if (m_shown[row].id == id)
            return row;
    }
    return -1;
}

const ConnectionHealth* ConnectionsModel::health(const QString& id) const
{
    const auto found = m_health.constFind(id);
    return found == m_health.constEnd() ? nullptr : &*found;
}

QString ConnectionsModel::text(const domain::Profile& profile, int column) const
{
    const ConnectionHealth* const now = health(profile.id);
    switch (column) {
    case Name: return showControls(profile.rules.name);
    case Table:
        if (!now || now->state != State::Answers)
            return unknown();
        return now->mode == domain::QueueMode::Own      ? tr("Own")
               : now->mode == domain::QueueMode::Beside ? tr("Beside")
                                                        : tr("Guest");
    case Safety: return safetyWord(profile.rules.safety);
    case Pending: return countText(now, &ConnectionHealth::pending);
    case Failed: return countText(now, &ConnectionHealth::failed);
    case Now:
        if (!now)
            return tr("asking…");
        return now->state == State::Answers   ? tr("Answers")
               : now->state == State::Refused ? tr("Refused")
                                              : tr("No answer");
    default: break;
    }
    return profile.lastUsed.isValid() ? formatAge(profile.lastUsed, QDateTime::currentDateTimeUtc())
                                      : tr("never");
}

QString ConnectionsModel::lower(const domain::Profile& profile, int column) const
{
    if (column == Name)
        return placeText(profile);
    const ConnectionHealth* const now = health(profile.id);
    if (column != Now || !now)
        return {};
    switch (now->state) {
    case State::Answers:
        return now->server.startsWith("SQLite"_L1) ? tr("on this computer")
               : now->isPooled                     ? tr("%1 ms, pooler").arg(now->took.count())
                                                   : tr("%1 ms").arg(now->took.count());
    case State::Refused: return firstLine(now->problem.translated());
    case State::NoAnswer: break;
    }
    return tr("since %1").arg(formatClock(m_silentSince.value(profile.id)).left(5));
}

QVariant ConnectionsModel::nowCell(const domain::Profile& profile, int role) const
{
    const ConnectionHealth* const now = health(profile.id);
    if (!now)
        return role == role::Muted ? QVariant(true) : QVariant();
    switch (role) {
    case IconRole:
        return int(now->state == State::Answers   ? Icon::Check
                   : now->state == State::Refused ? Icon::Warning
                                                  : Icon::MarkFailed);
    case IconColorRole:
        return int(now->state == State::Answers   ? Color::Completed
                   : now->state == State::Refused ? Color::Stuck
                                                  : Color::Failed);
    case role::TextColor:
        return now->state == State::Answers
                   ? QVariant()
                   : QVariant(int(now->state == State::Refused ? Color::Stuck : Color::Failed));
    case Qt::ToolTipRole: return now->problem.translated();
    default: return {};
    }
}

QVariant ConnectionsModel::cell(int row, int column, int role) const
{
    const domain::Profile& profile = m_shown[row];
    switch (role) {
    case Qt::DisplayRole: return text(profile, column);
    case Qt::AccessibleTextRole: {
        QStringList parts{text(profile, column), lower(profile, column)};
        if (column == Name)
            parts.prepend(environmentWord(profile.rules.environment));
        parts.removeAll(QString());
        return parts.join(u", "_s);
    }
    case EnvironmentRole: return int(profile.rules.environment);
    case LowerRole: return lower(profile, column);
    default: break;
    }
    if (column == Now)
        return nowCell(profile, role);
    if (column == Safety && role == IconRole)
        return int(profile.rules.safety == domain::Safety::ReadOnly ? Icon::Eye : Icon::Lock);
    if (column == Safety && role == IconColorRole)
        return int(Color::Muted);
    if (column == LastUsed && role == role::Muted)
        return true;
    if (column == Failed && role == role::TextColor) {
        const ConnectionHealth* const now = health(profile.id);
        return now && now->failed && now->failed->count > 0 ? QVariant(int(Color::Failed))
                                                            : QVariant();
    }
    return {};
}

} // namespace queuedeck::ui
