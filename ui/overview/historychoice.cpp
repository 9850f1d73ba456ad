// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/historychoice.h"

#include "ui/widgets/format.h"

#include <QActionGroup>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::HistoryPeriod;

namespace {
const QString kPeriodKey = u"period/"_s;
const QString kTypeKey = u"type/"_s;
} // namespace

HistoryChoice::HistoryChoice(QObject* parent)
    : SidebarModel(parent)
{
    connect(this, &SidebarModel::activated, this, &HistoryChoice::choose);
    rebuild();
}

QString HistoryChoice::periodWords(HistoryPeriod period)
{
    switch (period) {
    case HistoryPeriod::QuarterHour: return tr("Last 15 min");
    case HistoryPeriod::Hour: return tr("Last hour");
    case HistoryPeriod::Day: return tr("Last 24 hours");
    case HistoryPeriod::Week: return tr("Last 7 days");
    case HistoryPeriod::Quarter: break;
    }
    return tr("Last 90 days");
}

void HistoryChoice::setTypes(const QStringList& types)
{
    if (types == m_types)
        return;
    m_types = types;
    rebuild();
}

void HistoryChoice::rebuild()
{
    QVector<SidebarItem> items{SidebarItem::head(tr("Period"))};
    const auto add = [&](const QString& key, const QString& text, bool isChosen) {
        items.append({key, text, {}, Color::Muted, {}, isChosen});
    };
    for (const QString& text : domain::periodTexts()) {
        const HistoryPeriod period = *domain::periodFromText(text);
        add(kPeriodKey + text, periodWords(period), period == m_period);
    }
    items.append(SidebarItem::head(tr("Type")));
    add(kTypeKey, tr("All types"), m_type.isEmpty());
    QStringList types = m_types;
    if (!m_type.isEmpty() && !types.contains(m_type))
        types += m_type;
    for (const QString& type : std::as_const(types)) {
        if (!type.isEmpty())
            add(kTypeKey + type, showControls(type), type == m_type);
    }
    setItems(items);
}

void HistoryChoice::choose(const QString& key)
{
    const HistoryPeriod period = m_period;
    const QString type = m_type;
    if (key.startsWith(kPeriodKey))
        m_period = domain::periodFromText(key.sliced(kPeriodKey.size())).value_or(m_period);
    else
        m_type = key.sliced(kTypeKey.size());
    if (period == m_period && type == m_type)
        return;
    rebuild();
    Q_EMIT changed();
}

void HistoryChoice::addTo(QMenu& menu)
{
    menu.addSeparator();
    QMenu* choice = menu.addMenu(tr("Period and Type"));
    connect(choice, &QMenu::aboutToShow, this, [this, choice] {
        choice->clear();
        QActionGroup* group = nullptr;
        for (const SidebarItem& item : items()) {
            if (item.isHead()) {
                choice->addSection(item.text);
                group = new QActionGroup(choice);
                continue;
            }
            QAction* action = choice->addAction(QString(item.text).replace(u'&', u"&&"_s));
            action->setCheckable(true);
            action->setChecked(item.isChosen);
            action->setActionGroup(group);
            connect(action, &QAction::triggered, this, [this, key = item.key] { choose(key); });
        }
    });
}

} // namespace queuedeck::ui
