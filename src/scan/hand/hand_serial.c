#include "scan/hand/hand_serial.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static speed_t speed_of(int baud) {
	switch (baud) {
	case 19200: return B19200;
	case 38400: return B38400;
	case 57600: return B57600;
	case 115200: return B115200;
	default: return B9600;
	}
}

static bool set_raw(int fd, int speed) {
	struct termios t;
	if (tcgetattr(fd, &t) != 0) {
		return false;
	}
	cfmakeraw(&t);
	t.c_cflag &= ~(tcflag_t)(PARENB | CSTOPB | CSIZE | CRTSCTS);
	t.c_cflag |= CS8 | CLOCAL | CREAD;
	t.c_cc[VMIN] = 1; /* with VMIN 0 a line without bytes reads like one that was hung up */
	t.c_cc[VTIME] = 0;
	cfsetispeed(&t, speed_of(speed));
	cfsetospeed(&t, speed_of(speed));
	/* What came while nobody listened is of another time. */
	return tcflush(fd, TCIFLUSH) == 0 && tcsetattr(fd, TCSANOW, &t) == 0;
}

int hand_serial_open(const char *path, int speed, struct err *err) {
	int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 && (errno == ENOENT || errno == ENODEV || errno == ENXIO)) {
		err_set(err, ERR_NOT_FOUND, "no scanner is plugged in at %s", path);
		return -1;
	}
	if (fd < 0 && errno == EACCES) {
		err_set(err, ERR_REFUSED, "the scanner %s may not be read: add the kiosk's user to the group dialout", path);
		return -1;
	}
	if (fd < 0) {
		err_errno(err, "the scanner %s cannot be opened", path);
		return -1;
	}
	if (!isatty(fd) || !set_raw(fd, speed)) {
		err_set(err, ERR_SYSTEM, "%s is no serial line", path);
		close(fd);
		return -1;
	}
	ioctl(fd, TIOCEXCL); /* ModemManager and others keep away */
	return fd;
}

size_t hand_serial_read(int fd, char *out, size_t max, bool *gone) {
	ssize_t n = read(fd, out, max);
	*gone = n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);
	return n > 0 ? (size_t)n : 0;
}
