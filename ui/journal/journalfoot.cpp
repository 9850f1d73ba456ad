// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/journalfoot.h"

#include "core/base/counted.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

JournalFoot::JournalFoot(QWidget* parent)
    : QWidget(parent)
    , m_size(new Label({}, TextRole::Small, Color::Muted))
    , m_forget(makeButton(tr("Forget Older…"), this))
{
    m_size->setObjectName(u"journalSize"_s);
    m_forget->setObjectName(u"forget"_s);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(px(space::kM), px(space::kXs), px(space::kM), px(space::kXs));
    row->addWidget(m_size, 1);
    row->addWidget(m_forget);
    connect(m_forget, &QPushButton::clicked, this, &JournalFoot::forgetWanted);
}

void JournalFoot::setSize(const domain::JournalSize& size)
{
    m_size->setText(
        base::counted("JournalFoot", "1 entry since %2, %3 kept for Undo",
                      QT_TRANSLATE_N_NOOP("JournalFoot", "%L1 entries since %2, %3 kept for Undo"),
                      size.entries)
            .arg(formatTime(size.oldest), formatBytes(size.bytes)));
}

void JournalFoot::setOff(const QString& why)
{
    m_forget->setEnabled(why.isEmpty());
    setTip(m_forget, why.isEmpty() ? tr("Makes room in the database") : why);
}

} // namespace queuedeck::ui
