// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scans/pictureview.h"

#include "core/async/deliver.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"

#include <QApplication>
#include <QDesktopServices>
#include <QGraphicsPixmapItem>
#include <QGraphicsView>
#include <QKeyEvent>
#include <QStackedLayout>
#include <QUrl>
#include <QWheelEvent>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {
namespace {
constexpr double kStep = 1.25, kLeast = 0.02, kMost = 16;
constexpr qsizetype kMostHost = 40; // characters of it

QUrl webAddress(const QString& imageUrl)
{
    const QUrl url(imageUrl, QUrl::StrictMode);
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    return isWeb && url.isValid() ? url : QUrl();
}

QString hostOf(const QString& imageUrl)
{
    const QString host = QUrl(imageUrl).host();
    return showControls(host.size() <= kMostHost
                            ? host
                            : host.left(kMostHost / 2) + u'…' + host.right(kMostHost / 2));
}
} // namespace

PictureView::PictureView(service::ScanService& scans, QWidget* parent)
    : QWidget(parent)
    , m_scans(scans)
    , m_view(new QGraphicsView(new QGraphicsScene(this), this))
    , m_stack(new QStackedLayout)
    , m_none(new EmptyState(this))
{
    m_view->setAccessibleName(tr("Picture"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setRenderHint(QPainter::SmoothPixmapTransform);
    m_view->setDragMode(QGraphicsView::ScrollHandDrag);
    m_view->setTransformationAnchor(QGraphicsView::AnchorUnderMouse);
    m_view->setAcceptDrops(false);
    m_view->viewport()->setAcceptDrops(false);
    m_view->setBackgroundRole(QPalette::NoRole);
    m_view->viewport()->setAutoFillBackground(false);
    m_view->viewport()->installEventFilter(this);
    m_view->installEventFilter(this);
    auto* surface = new Surface(Color::Sunken, this);
    surface->setLayout(m_stack);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_none);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(surface, 1);
    column->addWidget(makeFoot());
    clear();
}

PictureView::~PictureView()
{
    m_stop.request_stop();
}

QWidget* PictureView::makeBar()
{
    auto* bar = new Surface(Color::Window, this, Qt::BottomEdge);
    bar->setFixedHeight(px(size::kActionBar));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(px(space::kM), 0, px(space::kM), 0);
    row->setSpacing(px(space::kXs));
    const auto add = [&](Icon icon, const QString& name, auto&& act) {
        QToolButton* button = makeIconButton(icon, name, bar);
        connect(button, &QToolButton::clicked, this, act);
        row->addWidget(button);
        m_tools += button;
    };
    add(Icon::Fit, tr("Fit the picture"), [this] { fit(); });
    add(Icon::Zoom, tr("Zoom in"), [this] { zoom(kStep); });
    add(Icon::Rotate, tr("Turn to the right"), [this] { turn(); });
    m_percent = new Label({}, TextRole::Small, Color::Muted, bar);
    m_facts = new ElidedLabel({}, TextRole::Small, Color::Muted, bar);
    m_facts->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addSpacing(px(space::kXs));
    row->addWidget(m_percent);
    row->addWidget(m_facts, 1);
    return bar;
}

QWidget* PictureView::makeFoot()
{
    auto* foot = new Surface(Color::Window, this, Qt::TopEdge);
    foot->setFixedHeight(px(34));
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(px(space::kM), 0, px(space::kM), 0);
    m_origin = new ElidedLabel({}, TextRole::Small, Color::Muted, foot);
    m_open = makeButton(tr("Open original"), foot, ButtonRole::Link);
    connect(m_open, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(webAddress(m_url)); });
    row->addWidget(m_origin, 1);
    row->addWidget(m_open);
    return foot;
}

void PictureView::show(const domain::Scan& scan)
{
    QStringList origin{tr("Created %1").arg(formatTime(scan.createdAt))};
    if (!scan.tenantId.isEmpty())
        origin += tr("tenant %1").arg(showControls(shortId(scan.tenantId)));
    if (!scan.userId.isEmpty())
        origin += tr("user %1").arg(showControls(shortId(scan.userId)));
    m_origin->setText(origin.join(u", "_s));
    m_open->setVisible(!webAddress(scan.imageUrl).isEmpty());
    if (scan.imageUrl == m_url)
        return;
    stopFetching();
    m_url = scan.imageUrl;
    m_turns = 0;
    m_isFitted = true;
    if (service::ScanService::isElsewhere(m_url))
        offer();
    else
        read(m_scans.picture(m_url));
}

void PictureView::read(const QFuture<base::Result<QImage>>& picture)
{
    const quint64 generation = ++m_generation;
    async::deliver(picture, this, [this, generation](const base::Result<QImage>& image) {
        if (generation == m_generation)
            take(image);
    });
}

void PictureView::stopFetching()
{
    ++m_generation;
    m_stop.request_stop();
    m_stop = std::stop_source();
}

void PictureView::offer()
{
    stopFetching();
    m_view->scene()->clear();
    m_item = nullptr;
    m_none->show(
        Icon::Scans, tr("The picture is not kept here."),
        tr("It is at %1 and is fetched from there only when you ask for it.").arg(hostOf(m_url)));
    addButton(tr("Show Picture"), u"showPicture"_s, &PictureView::fetch);
    update(false);
}

void PictureView::fetch()
{
    stopFetching();
    m_none->show(Icon::Scans, tr("Fetching the picture…"), tr("From %1.").arg(hostOf(m_url)));
    addButton(tr("Stop"), u"stopPicture"_s, &PictureView::offer);
    update(false);
    read(m_scans.fetchPicture(m_url, m_stop.get_token()));
}

// The button that replaces the pressed one gets the focus.
void PictureView::addButton(const QString& text, const QString& objectName,
                            void (PictureView::*act)())
{
    QPushButton* button = makeButton(text, m_none);
    button->setObjectName(objectName);
    connect(button, &QPushButton::clicked, this, act, Qt::QueuedConnection);
    m_none->addButton(button);
    if (m_none->isAncestorOf(QApplication::focusWidget()))
        button->setFocus(Qt::OtherFocusReason);
}

void PictureView::take(const base::Result<QImage>& image)
{
    m_view->scene()->clear();
    m_item = nullptr;
    if (!image) {
        const ErrorText text = errorText(image.error());
        m_none->show(Icon::Scans, tr("The picture cannot be shown here."), text.sentence);
        if (service::ScanService::isElsewhere(m_url))
            addButton(tr("Try Again"), u"showPicture"_s, &PictureView::fetch);
        update(false);
        return;
    }
    m_item = m_view->scene()->addPixmap(QPixmap::fromImage(*image));
    m_item->setTransformationMode(Qt::SmoothTransformation);
    const bool hadFocus = m_none->isAncestorOf(QApplication::focusWidget());
    m_view->setSceneRect(m_item->boundingRect());
    m_facts->setText(tr("%1 × %2", "width and height of a picture")
                         .arg(formatCount(image->width()), formatCount(image->height())));
    update(true);
    fit();
    if (hadFocus)
        m_view->setFocus(Qt::OtherFocusReason);
}

void PictureView::clear()
{
    stopFetching();
    m_url.clear();
    m_item = nullptr;
    m_view->scene()->clear();
    m_origin->clear();
    m_open->hide();
    m_none->show(Icon::Scans, tr("No scan is chosen."), {});
    update(false);
}

void PictureView::update(bool hasPicture)
{
    m_stack->setCurrentIndex(hasPicture ? 0 : 1);
    for (QWidget* tool : std::as_const(m_tools))
        tool->setEnabled(hasPicture);
    if (!hasPicture) {
        m_percent->clear();
        m_facts->clear();
    }
}

QWidget* PictureView::focusTarget() const
{
    QWidget* button = m_none->findChild<QPushButton*>();
    return m_stack->currentIndex() == 1 && button ? button : m_view;
}

int PictureView::percent() const
{
    const QTransform t = m_view->transform();
    return qRound(100 * std::hypot(t.m11(), t.m12()));
}

void PictureView::fit()
{
    if (!m_item)
        return;
    m_isFitted = true;
    const QRectF turned = QTransform().rotate(90 * m_turns).mapRect(m_item->boundingRect());
    const QSizeF room = m_view->viewport()->size() - 2 * QSize(px(space::kM), px(space::kM));
    // A small picture is not blown up: its grain would look like a fault of the scan.
    const double scale =
        qBound(kLeast, qMin(room.width() / turned.width(), room.height() / turned.height()), 2.0);
    m_view->setTransform(QTransform().rotate(90 * m_turns).scale(scale, scale));
    m_view->centerOn(m_item);
    m_percent->setText(tr("%1 %").arg(percent()));
}

void PictureView::zoom(double factor)
{
    const double wanted = percent() / 100.0 * factor;
    if (!m_item || wanted < kLeast || wanted > kMost)
        return;
    m_isFitted = false;
    m_view->scale(factor, factor);
    m_percent->setText(tr("%1 %").arg(percent()));
}

void PictureView::turn()
{
    m_turns = (m_turns + 1) % 4;
    fit();
}

bool PictureView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && m_isFitted)
        fit();
    if (event->type() == QEvent::Wheel && watched == m_view->viewport()) {
        const int turned = static_cast<QWheelEvent*>(event)->angleDelta().y();
        if (turned != 0)
            zoom(turned > 0 ? kStep : 1 / kStep);
        return true;
    }
    if (event->type() == QEvent::KeyPress && watched == m_view) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal: zoom(kStep); return true;
        case Qt::Key_Minus: zoom(1 / kStep); return true;
        case Qt::Key_0: fit(); return true;
        default: break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace queuedeck::ui
