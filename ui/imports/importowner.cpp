// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/importowner.h"

#include "core/async/deliver.h"
#include "core/service/scanservice.h"
#include "core/service/session.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QSettings>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

ImportOwner::ImportOwner(service::Session& session, QWidget* parent)
    : QWidget(parent)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(px(space::kS));
    m_tenant = addBox(tr("Tenant"), u"tenant"_s);
    m_user = addBox(tr("User of scans"), u"user"_s);
    row->addStretch(1);
    hide();
    const QString group = session.info().settingsGroup();
    async::deliver(session.scans().owners(), this,
                   [this, group](const base::Result<domain::ScanOwners>& owners) {
                       if (!owners)
                           return; // the trial says what is the matter
                       QSettings settings;
                       settings.beginGroup(group);
                       put(m_tenant, owners->tenants, settings.value(u"tenant"_s).toString());
                       put(m_user, owners->users, settings.value(u"user"_s).toString());
                       setVisible(owners->tenants.size() > 1 || owners->users.size() > 1);
                       if (isVisible())
                           Q_EMIT changed();
                   });
}

QComboBox* ImportOwner::addBox(const QString& name, const QString& objectName)
{
    auto* box = new QComboBox(this);
    box->setObjectName(objectName);
    box->setAccessibleName(name);
    box->setPlaceholderText(tr("Choose…"));
    box->setMinimumContentsLength(20);
    auto* label = new Label(name, TextRole::Body, Color::Muted);
    label->setBuddy(box);
    layout()->addWidget(label);
    layout()->addWidget(box);
    connect(box, &QComboBox::activated, this, &ImportOwner::changed);
    return box;
}

void ImportOwner::put(QComboBox* box, const QVector<domain::ScanOwner>& owners,
                      const QString& before)
{
    const QSignalBlocker blocker(box);
    for (const domain::ScanOwner& owner : owners)
        box->addItem(showControls(owner.name.isEmpty() ? owner.id : owner.name.simplified()),
                     owner.id);
    box->setCurrentIndex(owners.size() == 1 ? 0 : box->findData(before));
    box->setEnabled(owners.size() > 1);
}

void ImportOwner::fill(service::ImportChoice& choice) const
{
    choice.tenant = m_tenant->currentData().toString();
    if (choice.target == domain::ImportTarget::Scans)
        choice.user = m_user->currentData().toString();
}

} // namespace queuedeck::ui
