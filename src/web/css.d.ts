/** Style sheets are imported so that the bundler includes them. */
declare module '*.css';
