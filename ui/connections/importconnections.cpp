// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/importconnections.h"

#include "core/async/deliver.h"
#include "ui/connections/connectionsmodel.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"

#include <QBoxLayout>
#include <QListWidget>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

ImportConnections::ImportConnections(const service::FoundConnections& found, QWidget* parent)
    : Dialog(u"importConnections"_s, tr("Import connections"), parent)
    , m_found(found)
    , m_list(new QListWidget(this))
    , m_strip(new Strip(this))
    , m_go(makeButton(Icon::Download, tr("Import"), this, ButtonRole::Primary))
{
    content()->addWidget(new Label(found.all.size() == 1
                                       ? tr("1 connection was found.")
                                       : tr("%1 connections were found.").arg(found.all.size()),
                                   TextRole::Title));
    m_list->setObjectName(u"found"_s);
    m_list->setAccessibleName(tr("Found connections"));
    for (const service::FoundConnection& one : found.all) {
        auto* const item =
            new QListWidgetItem(u"%1\n%2, %3"_s.arg(showControls(one.profile.rules.name),
                                                    placeText(one.profile), showControls(one.from)),
                                m_list);
        item->setFlags(Qt::ItemIsUserCheckable | Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        item->setCheckState(Qt::Checked);
    }
    content()->addWidget(m_list, 1);
    QStringList problems;
    for (const base::Sentence& problem : found.problems)
        problems += showControls(problem.translated());
    if (!problems.isEmpty())
        m_strip->say(Strip::Kind::Warning, problems.mid(0, 8).join(u'\n'));
    content()->addWidget(m_strip);
    setNote(tr("Passwords go to the keychain. Nothing is connected to."));
    auto* const cancel = makeButton(tr("Don’t Import"), this);
    cancel->setAutoDefault(false);
    m_go->setObjectName(u"go"_s);
    m_go->setDefault(true);
    addToFoot(cancel);
    addToFoot(m_go);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &ImportConnections::import);
    const auto update = [this] {
        int chosen = 0;
        for (int row = 0; row < m_list->count(); ++row)
            chosen += m_list->item(row)->checkState() == Qt::Checked;
        m_go->setEnabled(chosen > 0);
        m_go->setText(chosen == 1 ? tr("Import 1 Connection")
                                  : tr("Import %1 Connections").arg(chosen));
    };
    connect(m_list, &QListWidget::itemChanged, this, update);
    update();
    resize(px(640), px(420));
    m_list->setFocus();
}

void ImportConnections::import()
{
    service::FoundConnections chosen;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked)
            chosen.all += m_found.all[row];
    }
    m_go->setEnabled(false);
    async::deliver(service::importConnections(chosen), this, [this](const base::Result<int>& done) {
        if (!done) {
            m_strip->say(Strip::Kind::Error, errorLine(done.error()));
            m_go->setEnabled(true);
            return;
        }
        accept();
        Q_EMIT imported(*done);
    });
}

} // namespace queuedeck::ui
