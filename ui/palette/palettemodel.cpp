// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/palettemodel.h"

#include "ui/palette/fuzzymatch.h"

#include <QFont>

#include <algorithm>

namespace queuedeck::ui {

namespace {
using Group = PaletteItem::Group;

constexpr qsizetype kShortestFragment = 4;
constexpr qsizetype kLongestFragment = 64;

QChar sign(const QString& typed)
{
    const QString trimmed = typed.trimmed();
    return !trimmed.isEmpty() && QStringLiteral(">#@").contains(trimmed[0]) ? trimmed[0] : QChar();
}

QString withoutSign(const QString& typed)
{
    const QString trimmed = typed.trimmed();
    return sign(typed).isNull() ? trimmed : trimmed.mid(1).trimmed();
}

bool isWanted(Group group, QChar sign)
{
    if (sign.isNull())
        return true;
    if (sign == QLatin1Char('#'))
        return group == Group::Jobs;
    if (sign == QLatin1Char('@'))
        return group == Group::Views || group == Group::Connections;
    return group == Group::Pages || group == Group::Actions;
}
} // namespace

PaletteModel::PaletteModel(QObject* parent)
    : QAbstractListModel(parent)
{
}

void PaletteModel::setItems(const PaletteItems& items)
{
    m_items = items;
    fill();
}

void PaletteModel::setTyped(const QString& typed)
{
    m_typed = typed;
    if (idFragment() != m_jobsOf)
        m_jobs.clear();
    fill();
}

void PaletteModel::setJobs(const QString& fragment, const PaletteItems& jobs)
{
    if (fragment != idFragment())
        return;
    m_jobsOf = fragment;
    m_jobs = jobs;
    fill();
}

QString PaletteModel::idFragment() const
{
    const QString words = withoutSign(m_typed);
    const bool isId = std::all_of(words.cbegin(), words.cend(), [](QChar one) {
        return one.isLetterOrNumber() || one == QLatin1Char('-') || one == QLatin1Char('_');
    });
    const bool isWordy =
        words.size() >= (sign(m_typed) == QLatin1Char('#') ? 1 : kShortestFragment);
    return isId && isWordy && words.size() <= kLongestFragment &&
                   isWanted(Group::Jobs, sign(m_typed))
               ? words
               : QString();
}

void PaletteModel::fill()
{
    beginResetModel();
    m_rows.clear();
    m_found = 0;
    const QString words = withoutSign(m_typed);
    for (const Group group :
         {Group::Views, Group::Pages, Group::Actions, Group::Connections, Group::Jobs}) {
        if (isWanted(group, sign(m_typed)))
            addGroup(group, words);
    }
    endResetModel();
}

void PaletteModel::addGroup(Group group, const QString& words)
{
    struct Fit
    {
        int score;
        PaletteItem item;
    };
    QVector<Fit> fits;
    if (group == Group::Jobs) {
        for (PaletteItem item : std::as_const(m_jobs)) {
            for (qsizetype i = 0; i < std::min(words.size(), item.text.size()); ++i)
                item.found += i;
            fits += Fit{0, item};
        }
    } else {
        for (PaletteItem item : std::as_const(m_items)) {
            if (item.group != group)
                continue;
            auto match = fuzzyMatch(words, item.text);
            if (!match)
                continue;
            item.found = std::move(match->letters);
            fits += Fit{match->score, item};
        }
        std::stable_sort(fits.begin(), fits.end(), [](const Fit& one, const Fit& other) {
            if (one.item.changesRows != other.item.changesRows)
                return other.item.changesRows;
            if (one.item.isEnabled != other.item.isEnabled)
                return one.item.isEnabled;
            return one.score > other.score;
        });
    }
    if (fits.isEmpty())
        return;
    const QString head = group == Group::Views         ? tr("Views")
                         : group == Group::Pages       ? tr("Pages")
                         : group == Group::Actions     ? tr("Actions")
                         : group == Group::Connections ? tr("Connections")
                                                       : tr("Jobs, id begins with %1").arg(words);
    m_rows += Row{head, {}};
    for (Fit& fit : fits)
        m_rows += Row{{}, std::move(fit.item)};
    m_found += int(fits.size());
}

const PaletteItem* PaletteModel::item(const QModelIndex& index) const
{
    if (!index.isValid() || index.row() >= m_rows.size() || !m_rows[index.row()].head.isEmpty())
        return nullptr;
    return &m_rows[index.row()].item;
}

QModelIndex PaletteModel::first() const
{
    for (int row = 0; row < m_rows.size(); ++row) {
        const PaletteItem* const one = item(index(row));
        if (one && !one->changesRows)
            return index(row);
    }
    return {};
}

QModelIndex PaletteModel::next(const QModelIndex& from, int step) const
{
    const int count = int(m_rows.size());
    int row = from.isValid() ? from.row() : (step > 0 ? -1 : count);
    for (int i = 0; i < count; ++i) {
        row = (row + step + count) % count;
        if (item(index(row)))
            return index(row);
    }
    return {};
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Row& row = m_rows[index.row()];
    switch (role) {
    case IsHead: return !row.head.isEmpty();
    case Qt::DisplayRole: return row.head.isEmpty() ? row.item.text : row.head;
    case Qt::AccessibleTextRole: {
        if (!row.head.isEmpty())
            return row.head;
        QStringList parts{row.item.text};
        if (!row.item.isEnabled)
            parts += tr("off");
        parts += row.item.detail;
        if (!row.item.keys.isEmpty())
            parts += row.item.keys.join(QLatin1Char('+'));
        parts += row.item.right;
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    default: return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const
{
    const PaletteItem* const one = item(index);
    if (!one)
        return Qt::NoItemFlags;
    // What is off stays readable, with its reason.
    return Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
}

} // namespace queuedeck::ui
