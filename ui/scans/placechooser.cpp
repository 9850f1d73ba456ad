// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scans/placechooser.h"

#include "core/service/scanservice.h"
#include "core/service/session.h"
#include "ui/notice/errortext.h"
#include "ui/scans/placedialog.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/strip.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

PlaceChooser::PlaceChooser(service::Session& session, bool othersWork, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_name(new ElidedLabel({}, TextRole::Body, Color::Text, this))
    , m_strip(new Strip(this))
{
    m_name->setObjectName(u"place"_s);
    m_strip->setObjectName(u"placeStrip"_s);
    QPushButton* const change = makeButton(tr("Change…"), this, ButtonRole::Link);
    change->setObjectName(u"changePlace"_s);
    change->setAccessibleName(tr("Change where pictures go…"));
    change->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->setSpacing(px(space::kS));
    row->addWidget(new Label(tr("Pictures go to"), TextRole::Body, Color::Muted, this));
    row->addWidget(m_name);
    row->addWidget(change);
    row->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(px(space::kS));
    column->addLayout(row);
    column->addWidget(m_strip);
    connect(change, &QPushButton::clicked, this, &PlaceChooser::ask);

    auto choices = service::UploadChoices::load(session.info());
    service::UploadChoices known = choices.value_or(service::UploadChoices());
    known.othersWork = othersWork;
    session.scans().setChoices(known);
    use(known.place);
    if (!choices) {
        m_isUsable = false;
        m_strip->say(Strip::Kind::Error, errorLine(choices.error()));
    }
}

bool PlaceChooser::ownsScans() const
{
    return m_session.scans().choices().place.kind == domain::UploadPlace::Kind::Application;
}

void PlaceChooser::use(const domain::UploadPlace& place)
{
    service::UploadChoices choices = m_session.scans().choices();
    choices.place = place;
    m_session.scans().setChoices(choices);
    m_name->setText(placeText(place));
    setTip(m_name, place.text());
    const base::Status may = m_session.scans().mayUploadTo(place);
    m_isUsable = may.has_value();
    m_strip->hide();
    if (may)
        return;
    m_strip->say(Strip::Kind::Error,
                 place.kind == domain::UploadPlace::Kind::Table
                     ? tr("Another processor works on this table. It would take the jobs and could "
                          "not read pictures that are kept in Queuedeck's own table. Choose where "
                          "they go, or say on the Engine page that nothing else works here.")
                     : errorLine(may.error()));
}

void PlaceChooser::ask()
{
    auto* dialog = new PlaceDialog(m_session, m_session.scans().choices().place, this);
    connect(dialog, &PlaceDialog::chosen, this, [this](const domain::UploadPlace& place) {
        use(place);
        m_session.scans().choices().save(m_session.info());
        Q_EMIT changed();
    });
    dialog->open();
}

} // namespace queuedeck::ui
