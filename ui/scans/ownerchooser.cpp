// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scans/ownerchooser.h"

#include "core/async/deliver.h"
#include "core/service/scanservice.h"
#include "core/service/session.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/strip.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QHash>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
const QString kTenant = u"tenant"_s;
const QString kUser = u"user"_s;
constexpr int kMostNameCharacters = 60;

/// By name; by name and id if the name is not unique; by id if there is no name.
void fill(QComboBox& box, const QVector<domain::ScanOwner>& owners, const QString& current)
{
    QHash<QString, int> names;
    for (const domain::ScanOwner& owner : owners)
        ++names[owner.name];
    box.clear();
    for (const domain::ScanOwner& owner : owners) {
        QString name = showControls(owner.name.simplified().left(kMostNameCharacters));
        const QString id = shortId(owner.id);
        if (name.isEmpty())
            name = id;
        else if (names[owner.name] > 1)
            name = OwnerChooser::tr("%1 (%2)", "a name and an id").arg(name, id);
        box.addItem(name, owner.id);
        box.setItemData(box.count() - 1, tip(owner.id), Qt::ToolTipRole);
    }
    box.setCurrentIndex(owners.size() == 1 ? 0 : box.findData(current));
}
} // namespace

OwnerChooser::OwnerChooser(service::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_choices(new QWidget(this))
    , m_strip(new Strip(this))
{
    m_strip->setObjectName(u"ownerStrip"_s);
    auto* row = new QHBoxLayout(m_choices);
    row->setContentsMargins({});
    row->setSpacing(px(space::kS));
    m_tenant = makeBox(tr("Tenant"), kTenant);
    m_user = makeBox(tr("User"), kUser);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(px(space::kS));
    column->addWidget(m_choices);
    column->addWidget(m_strip);
    m_choices->hide();
    hide();
    QSettings settings;
    settings.beginGroup(session.info().settingsGroup());
    m_kept = {settings.value(kTenant).toString(), settings.value(kUser).toString()};
}

QComboBox* OwnerChooser::makeBox(const QString& name, const QString& objectName)
{
    auto* box = new QComboBox(m_choices);
    box->setObjectName(objectName);
    box->setAccessibleName(name);
    box->setPlaceholderText(tr("Choose…"));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(24);
    box->setMaxVisibleItems(16);
    auto* label = new Label(name, TextRole::Body, Color::Muted, m_choices);
    label->setBuddy(box);
    auto* row = static_cast<QHBoxLayout*>(m_choices->layout());
    if (row->count() > 0)
        row->addSpacing(px(space::kM));
    row->addWidget(label);
    row->addWidget(box, 1);
    connect(box, &QComboBox::currentIndexChanged, this, [this, box] {
        setTip(box, box->currentText());
        if (m_isFilling)
            return;
        if (box == m_tenant)
            fillUsers();
        chosen();
    });
    return box;
}

void OwnerChooser::ask()
{
    async::deliver(m_session.scans().owners(), this,
                   [this](const base::Result<domain::ScanOwners>& owners) { show(owners); });
}

void OwnerChooser::say(const QString& sentence)
{
    m_strip->say(Strip::Kind::Error, sentence);
    m_isWanted = true;
    Q_EMIT undecided();
}

void OwnerChooser::show(const base::Result<domain::ScanOwners>& owners)
{
    if (!owners) {
        say(errorLine(owners.error()));
        return;
    }
    m_owners = *owners;
    if (!m_owners.needsTenant && !m_owners.needsUser) {
        m_isDecided = true;
        Q_EMIT decided();
        return;
    }
    if (m_owners.needsTenant && m_owners.tenants.isEmpty()) {
        say(tr("A scan needs a tenant, and the application has none yet. Nothing is uploaded until "
               "it has one."));
        return;
    }
    for (QComboBox* box : {m_tenant, m_user}) {
        const bool isNeeded = box == m_tenant ? m_owners.needsTenant : m_owners.needsUser;
        box->setVisible(isNeeded);
        for (QWidget* label : m_choices->findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) {
            auto* named = qobject_cast<QLabel*>(label);
            if (named && named->buddy() == box)
                named->setVisible(isNeeded);
        }
    }
    m_choices->show();
    m_isWanted = true;
    fillTenants();
    fillUsers();
    chosen();
}

void OwnerChooser::fillTenants()
{
    m_isFilling = true;
    fill(*m_tenant, m_owners.tenants, m_kept.tenant);
    m_isFilling = false;
}

// The tenant's own users, where the application says whose a user is.
void OwnerChooser::fillUsers()
{
    const QString tenant = m_tenant->currentData().toString();
    QVector<domain::ScanOwner> users = m_owners.users;
    users.removeIf([&tenant](const domain::ScanOwner& user) {
        return !user.tenant.isEmpty() && !tenant.isEmpty() && user.tenant != tenant;
    });
    const QString current =
        m_user->currentIndex() < 0 ? m_kept.user : m_user->currentData().toString();
    m_isFilling = true;
    fill(*m_user, users, current);
    m_isFilling = false;
    m_user->setEnabled(!m_owners.needsTenant || !tenant.isEmpty());
}

void OwnerChooser::chosen()
{
    const bool hasTenant = !m_owners.needsTenant || m_tenant->currentIndex() >= 0;
    if (m_owners.needsUser && hasTenant && m_user->count() == 0) {
        m_isDecided = false;
        say(m_owners.users.isEmpty()
                ? tr("A scan needs a user, and the application has none yet. Nothing is uploaded "
                     "until it has one.")
                : tr("A scan needs a user, and this tenant has none. Choose another one."));
        return;
    }
    m_strip->hide();
    const domain::OwnerChoice choice{m_tenant->currentData().toString(),
                                     m_user->currentData().toString()};
    m_isDecided = hasTenant && (!m_owners.needsUser || m_user->currentIndex() >= 0);
    if (!m_isDecided) {
        Q_EMIT undecided();
        return;
    }
    m_session.scans().setOwner(choice);
    QSettings settings;
    settings.beginGroup(m_session.info().settingsGroup());
    settings.setValue(kTenant, choice.tenant);
    settings.setValue(kUser, choice.user);
    Q_EMIT decided();
}

} // namespace queuedeck::ui
