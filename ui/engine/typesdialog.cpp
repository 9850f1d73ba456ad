// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/typesdialog.h"

#include "core/service/engineservice.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QListWidget>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

TypesDialog::TypesDialog(const QStringList& handled, const service::EngineSettings& settings,
                         QWidget* parent)
    : Dialog(u"typesDialog"_s, tr("Types"), parent)
    , m_list(new QListWidget(this))
    , m_inOrder(
          new QCheckBox(tr("Take them in this order: all jobs of the first type go first"), this))
    , m_up(makeButton(Icon::ChevronUp, tr("Up"), this))
    , m_down(makeButton(Icon::ChevronDown, tr("Down"), this))
    , m_go(makeButton(tr("Use These Types"), this, ButtonRole::Primary))
{
    m_list->setObjectName(u"types"_s);
    m_list->setAccessibleName(tr("Types with a handler here"));
    m_inOrder->setObjectName(u"inOrder"_s);
    m_up->setObjectName(u"up"_s);
    m_down->setObjectName(u"down"_s);
    m_go->setObjectName(u"go"_s);

    // The chosen ones first, in their order.
    QStringList types = settings.types;
    types.removeIf([&handled](const QString& type) { return !handled.contains(type); });
    const QStringList checked = settings.types.isEmpty() ? handled : types;
    for (const QString& type : handled) {
        if (!types.contains(type))
            types += type;
    }
    for (const QString& type : std::as_const(types)) {
        auto* item = new QListWidgetItem(showControls(type), m_list);
        item->setData(Qt::UserRole, type);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(checked.contains(type) ? Qt::Checked : Qt::Unchecked);
    }
    m_list->setCurrentRow(0);
    m_inOrder->setChecked(settings.inOrder);

    auto* side = new QVBoxLayout;
    side->setSpacing(px(space::kS));
    side->addWidget(m_up);
    side->addWidget(m_down);
    side->addStretch(1);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(px(space::kM));
    middle->addWidget(m_list, 1);
    middle->addLayout(side);
    content()->addWidget(new Label(tr("Which jobs may run on this computer?"), TextRole::Title));
    content()->addLayout(middle, 1);
    content()->addWidget(m_inOrder);
    QPushButton* const keep = makeButton(tr("Keep as It Is"), this);
    setNote(tr("From the next start or round on."));
    addToFoot(keep);
    addToFoot(m_go);
    resize(px(480), px(320));

    connect(m_list, &QListWidget::itemChanged, this, &TypesDialog::refresh);
    connect(m_list, &QListWidget::currentRowChanged, this, &TypesDialog::refresh);
    connect(m_up, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(1); });
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &TypesDialog::choose);
    refresh();
}

void TypesDialog::move(int by)
{
    const int row = m_list->currentRow();
    QListWidgetItem* const item = m_list->takeItem(row);
    m_list->insertItem(row + by, item);
    m_list->setCurrentRow(row + by);
    m_inOrder->setChecked(true); // otherwise moving would have no effect
}

void TypesDialog::choose()
{
    const QStringList types = checkedTypes();
    const bool isEvery = types.size() == m_list->count() && !m_inOrder->isChecked();
    Q_EMIT chosen(isEvery ? QStringList() : types, m_inOrder->isChecked());
    accept();
}

QStringList TypesDialog::checkedTypes() const
{
    QStringList types;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked)
            types += m_list->item(row)->data(Qt::UserRole).toString();
    }
    return types;
}

void TypesDialog::refresh()
{
    const int row = m_list->currentRow();
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_list->count());
    const bool isAny = !checkedTypes().isEmpty();
    m_go->setEnabled(isAny);
    setTip(m_go, isAny ? QString() : tr("No type is chosen."));
}

} // namespace queuedeck::ui
